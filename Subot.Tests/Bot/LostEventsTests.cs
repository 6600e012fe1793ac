using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Subot.Bot;
using Subot.Bot.Apply;
using Subot.Bot.CatchingUp;
using Subot.Bot.Notices;
using Subot.Bot.People;
using Subot.Bot.Privacy;
using Subot.Bot.Sending;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Simulator;
using Subot.Simulator.Faults;
using Subot.Simulator.Model;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Settings;
using Subot.Tests.Slack;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot;

/// <summary>A thousand events never come. What they told is found in the history; only when an emoji was put on is not known.</summary>
internal sealed class LostEventsTests : BotFixture
{
    private const int Requests = 200;
    private const int Few = 50;
    private static readonly NumbersFilter s_all = NumbersFilter.None;

    [Test]
    public async Task What_dropped_sockets_lost_is_found_in_one_run()
    {
        await StartBotAsync();
        await StopHearingAsync();
        var start = Workspace.Time.GetUtcNow();
        var lost = Talk(Workspace, start);
        // Slack has tried often enough.
        await AcknowledgedAsync();
        Assert.That(Simulator.Hub.Counters.GivenUp, Is.EqualTo(lost));
        Assert.That(lost, Is.GreaterThanOrEqualTo(1000));
        Simulator.Faults.Settings = new FaultSettings();
        await Logs.UntilAsync("Caught up", 2, Limit);
        await StopBotAsync();
        var (found, missed) = await WithStoreAsync(ReadAsync);

        await using var clean = await SimulatorServer.StartAsync(new SimulatorOptions { Workspace = Empty() }, Limit);
        var (heard, _) = await HearAllAsync(clean, start);
        Assert.That(missed, Is.Empty, "check");
        Assert.That(found.Threads.Keys, Is.EquivalentTo(heard.Threads.Keys));
        Assert.That(found.Threads.Where(t => heard.Threads[t.Key] != t.Value).Select(t => $"{t.Value} instead of {heard.Threads[t.Key]}").Take(5), Is.Empty);
        Assert.That(found.Numbers, Is.EqualTo(heard.Numbers));
    }

    [Test]
    public async Task Catching_up_ends_though_Slack_answers_once_a_minute()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var time = new RecordingTime();
        var workspace = new Workspace(new AppIdentity(), time);
        workspace.Add(new Channel(Help, "help", ChannelKind.Public), workspace.App.BotUserId);
        Talk(workspace, time.GetUtcNow(), Few);
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Workspace = workspace, Time = time, Api = new Subot.Simulator.WebApi.ApiOptions { SmallPages = true } }, limit.Token);
        using var http = new HttpClient();
        var api = new SlackApi(http, new SlackApiOptions { BotToken = simulator.BotToken, BaseAddress = simulator.ApiUrl }, time, NullLogger<SlackApi>.Instance);

        await using var store = new MemoryStore();
        var reading = ReadHistoryAsync(store, api, time, limit.Token);
        var calls = 0;
        while (!reading.IsCompleted)
        {
            // But for the time that a call may take.
            var wait = time.NextWaitAsync(due => due > TimeSpan.Zero && due != new SlackApiOptions { BotToken = "" }.Timeout, limit.Token);
            if (await Task.WhenAny(reading, wait) == wait)
            {
                time.Advance(await wait);
                calls++;
            }
        }

        await reading;
        Assert.That(calls, Is.GreaterThan(Few), "it had to wait for each thread");
        Assert.That((await ReadAsync(store)).Outcome.Threads, Has.Count.EqualTo(Few));
        Assert.That((await ReadAsync(store)).Differences, Is.Empty);
    }

    private static async Task ReadHistoryAsync(MemoryStore store, ISlackApi api, TimeProvider time, CancellationToken ct)
    {
        var self = new WorkspaceIdentity("U0SUBOT", null, [new ChannelId(Help)]);
        var settings = new CurrentSettings(SettingsHistory.Always(new TeamSettings { Team = [Tim] }));
        using var queue = new ApplyQueue();
        using var loop = new ApplyLoop(queue, new ApplyBatch(store, ReplyPolicy.None, Forgetting.Nothing), settings, new NoAcknowledger(), new SendSignal(), new BotHealth(), new SeenPeople(), time, NullLogger<ApplyLoop>.Instance);
        await loop.StartAsync(ct);
        var topics = new TopicFireman(self, settings, new SettingsEditor(store, time), watch: null!);
        var catchUp = new CatchUp(store, api, new Translation(self, settings), queue, topics, settings, ReplyPolicy.None, time, 30 * 86_400, NullLogger<CatchUp>.Instance);
        await catchUp.RunAsync(new ChannelId(Help), ct);
        await loop.StopAsync(ct);
    }

    /// <summary>The sockets drop, and none can be opened.</summary>
    private async Task StopHearingAsync()
    {
        Simulator.Faults.Settings = new FaultSettings { Api = [new ApiFault { Method = "apps.connections.open", Kind = ApiFaultKind.ServerError }] };
        Simulator.Hub.DropAll();
        await Logs.UntilAsync("Connection", 1, Limit);
    }

    /// <summary>The same told to a bot that hears everything.</summary>
    private async Task<(Outcome Outcome, IReadOnlyList<string> Differences)> HearAllAsync(SimulatorServer clean, DateTimeOffset start)
    {
        Parameters["SLACK_API_URL"] = clean.ApiUrl.ToString();
        Parameters["SLACK_APP_TOKEN"] = clean.AppToken;
        Parameters["SLACK_BOT_USER_OAUTH_ACCESS_TOKEN"] = clean.BotToken;
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "clean")).FullName;
        await StartBotAsync(folder: folder);
        Talk(clean.Workspace, start);
        await clean.Hub.WaitUntilAtMostAsync(0, Limit);
        await StopBotAsync();
        await using var store = Subot.Storage.Sqlite.SqliteStore.Open(folder);
        return await ReadAsync(store);
    }

    private static Workspace Empty()
    {
        var workspace = new Workspace(new AppIdentity(), TimeProvider.System);
        workspace.Add(new Channel(Help, "help", ChannelKind.Public), workspace.App.BotUserId);
        return workspace;
    }

    /// <summary>People talk: each request has a life of its own, and its emoji come last. Returns how many events that makes.</summary>
    private static int Talk(Workspace workspace, DateTimeOffset start, int requests = Requests)
    {
        var events = 0;
        var at = Subot.Domain.Ts.From(start).AddSeconds(-Requests * 10);
        string Next() => (at = at.AddSeconds(1)).ToString();
        for (var i = 0; i < requests; i++)
        {
            var asker = i % 2 == 0 ? Ann : Bob;
            var root = workspace.Post(asker, Help, $"request {i}", ts: Next()).Ts;
            var reply = workspace.Post(Tim, Help, "Which one?", root, Next()).Ts;
            var other = workspace.Post(asker, Help, "That one", root, Next()).Ts;
            workspace.Edit(Tim, Help, reply, $"Which one, {i}?", Next());
            if (i % 3 == 0)
                workspace.Delete(Help, other, Next());
            else
                workspace.Post(Tim, Help, "Mended", root, Next());
            if (i % 4 != 0)
                workspace.React(i % 8 < 4 ? asker : Tim, Help, root, "heavy_check_mark", Next());
            else
                workspace.React(Tim, Help, root, "eyes", Next());
            events += 6;
        }

        return events;
    }

    private static async Task<(Outcome Outcome, IReadOnlyList<string> Differences)> ReadAsync(IStore store)
    {
        var threads = new Dictionary<string, string>();
        await foreach (var record in store.ReadThreadsAsync(new ChannelId(Help), default))
        {
            var state = record.Thread.State;
            // A message that came and went unheard is known to nobody.
            var deleted = record.Facts.OfType<DeletionFact>().Select(d => d.Message).ToHashSet();
            var messages = record.Facts.OfType<MessageFact>().Where(m => !deleted.Contains(m.Time)).Select(m => m.Time.ToString());
            var text = await store.TextAsync(new MessageKey(state.Key.Channel, state.Key.Root), default);
            threads[state.Key.ToString()] = $"{state.Status} {state.Replies} {string.Join(' ', messages)} {text} {record.Contribution.FirstResponse} {record.Contribution.NextResponse}";
        }

        var settings = await store.SettingsAsync(default);
        var history = settings.IsEmpty ? SettingsHistory.Always(new TeamSettings { Team = [Tim] }) : settings;
        var n = await store.NumbersAsync(new NumbersQuery([new ChannelId(Help)], Subot.Domain.Ts.Zero, Subot.Domain.Ts.Max, Subot.Domain.Ts.From(DateTimeOffset.UnixEpoch.AddYears(60)), s_all), history, default);
        // What is made of the times of emoji is left out.
        var numbers = JsonSerializer.Serialize((n.Messages, n.Replies, n.Requests, n.Responded, n.Solved, n.Expired, n.Open, n.FirstResponse, n.FirstResponseWorking, n.NextResponse, n.Target.Met, n.EverSolved), s_fields);
        return (new Outcome(threads, numbers), settings.IsEmpty ? [] : (await Check.RunAsync(store, default)).Differences);
    }

    private static readonly JsonSerializerOptions s_fields = new() { IncludeFields = true };

    private sealed record Outcome(IReadOnlyDictionary<string, string> Threads, string Numbers);

    private sealed class NoAcknowledger : IAcknowledger
    {
        public ValueTask AcknowledgeAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken ct) => ValueTask.CompletedTask;
    }
}
