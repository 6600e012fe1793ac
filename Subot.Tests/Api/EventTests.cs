using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Api.Answers;
using Subot.Api.Events;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage;
using Subot.Storage.Sqlite;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>Pages that are open are told when to ask again, also of what another process stores.</summary>
internal sealed class EventTests
{
    private const int Timeout = 60_000;
    private static readonly Ts s_begin = RandomThreads.At(2025, 5, 1);
    private static readonly ChannelId s_help = new("C1");
    private static readonly ChannelId s_ops = new("C2");
    private DirectoryInfo _folder = null!;
    private SqliteStore _bot = null!;
    private SqliteStore _store = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("subot-events-");
        _bot = SqliteStore.Open(_folder.FullName, BotRole.TryTake(_folder.FullName, out _));
        foreach (var (channel, name) in new[] { (s_help, "help"), (s_ops, "ops") })
            await _bot.RecordChannelAsync(new ChannelRecord(channel, name, s_begin, s_begin), Ct);
        _store = SqliteStore.Open(_folder.FullName);
    }

    [TearDown]
    public async Task Stop()
    {
        await _store.DisposeAsync();
        await _bot.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test, CancelAfter(Timeout)]
    public async Task The_first_event_names_all_channels_and_each_later_one_those_that_changed()
    {
        await using var api = await RunningApi.StartAsync(_store);
        using var all = await EventStream.OpenAsync(api.Client, "/v2/events");
        using var ops = await EventStream.OpenAsync(api.Client, "/v2/events?channel=ops");
        Assert.That(await ToldAsync(all), Is.EqualTo(("C1 C2", (DateTimeOffset?)null)));
        Assert.That(await ToldAsync(ops), Is.EqualTo(("C2", (DateTimeOffset?)null)));

        await RequestAsync(s_help, 1);
        Assert.That(await ToldAsync(all), Is.EqualTo(("C1", At(1))));
        await RequestAsync(s_ops, 2);
        Assert.That(await ToldAsync(all), Is.EqualTo(("C2", At(2))));
        Assert.That(await ToldAsync(ops), Is.EqualTo(("C2", At(2))), "nothing of the other channel came before");
    }

    [Test, CancelAfter(Timeout)]
    public async Task Whoever_asks_when_told_finds_what_changed()
    {
        await using var api = await RunningApi.StartAsync(_store);
        using var events = await EventStream.OpenAsync(api.Client, "/v2/events");
        await ToldAsync(events);
        foreach (var second in Enumerable.Range(1, 3))
        {
            await RequestAsync(s_help, second);
            await ToldAsync(events);
            Assert.That((await api.GetAsync<Subot.Api.Contracts.Numbers.Summary>("/v2/summary")).Numbers.Requests, Is.EqualTo(second));
        }
    }

    [Test, CancelAfter(Timeout)]
    public async Task While_nothing_changes_a_line_says_that_the_connection_stands()
    {
        var time = new FakeTimeProvider(s_begin.ToDateTimeOffset());
        await using var api = await RunningApi.StartAsync(_store, time);
        using var events = await EventStream.OpenAsync(api.Client, "/v2/events");
        await ToldAsync(events);

        var (line, began) = (events.MessageAsync(), time.GetUtcNow());
        while (!line.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That((await line)!.Single(), Is.EqualTo(":"));
        Assert.That(time.GetUtcNow() - began, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(15)));
    }

    [Test, CancelAfter(Timeout)]
    public async Task The_stream_ends_when_the_API_stops()
    {
        await using var api = await RunningApi.StartAsync(_store);
        using var events = await EventStream.OpenAsync(api.Client, "/v2/events");
        await ToldAsync(events);

        await api.App.StopAsync(Ct);

        Assert.That(await events.NextAsync(), Is.Null);
    }

    [Test, CancelAfter(Timeout)]
    public async Task So_many_may_listen_and_one_more_when_one_has_gone()
    {
        using var watch = new ChangeWatch(_store, TimeProvider.System, NullLogger<ChangeWatch>.Instance);
        var listeners = new List<ChangeWatch.Listener>();
        foreach (var i in Enumerable.Range(0, ChangeWatch.MostListeners))
            listeners.Add(await watch.ListenAsync($"{i % 8}", Ct));
        Assert.That(async () => await watch.ListenAsync("8", Ct), Throws.TypeOf<RefusedException>().With.Message.Contains("listen already"));

        listeners[0].Dispose();
        listeners[0].Dispose();

        listeners.Add(await watch.ListenAsync("8", Ct));
        Assert.That(async () => await watch.ListenAsync("8", Ct), Throws.TypeOf<RefusedException>());
    }

    [Test, CancelAfter(Timeout)]
    public async Task One_person_leaves_room_for_others()
    {
        using var watch = new ChangeWatch(_store, TimeProvider.System, NullLogger<ChangeWatch>.Instance);
        var listeners = new List<ChangeWatch.Listener>();
        foreach (var _ in Enumerable.Range(0, ChangeWatch.MostOfOne))
            listeners.Add(await watch.ListenAsync("ann", Ct));
        Assert.That(async () => await watch.ListenAsync("ann", Ct), Throws.TypeOf<RefusedException>().With.Message.Contains("You have 50 streams open"));
        await watch.ListenAsync("bob", Ct);

        listeners[0].Dispose();

        await watch.ListenAsync("ann", Ct);
    }

    private static DateTimeOffset? At(int second) => s_begin.AddSeconds(second).ToDateTimeOffset();

    private static async Task<(string Channels, DateTimeOffset? Newest)> ToldAsync(EventStream events)
    {
        var told = await events.NextAsync();
        return (string.Join(' ', told!.Channels), told.Newest);
    }

    /// <summary>Somebody asks, and the bot stores it.</summary>
    private async Task RequestAsync(ChannelId channel, int second)
    {
        var key = new ThreadKey(channel, s_begin.AddSeconds(second));
        await _bot.CommitAsync(new ChangeSet { Threads = [RandomThreads.Change(key, [new MessageFact(key.Root, new UserId("U0P1"), AuthorKind.Person, Verdicts.None)])], Now = key.Root }, Ct);
        while (await _bot.PackAsync(Ct))
        {
        }
    }
}
