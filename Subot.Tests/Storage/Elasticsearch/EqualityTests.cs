using System.Text.Json;
using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Bot.Copying;
using Subot.Bot.Importing;
using Subot.Bot.Privacy;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Storage.Elasticsearch;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>
/// Both engines give the same digits: for a real export, and for a year of threads of every sort. Both came there by a copy.
/// </summary>
internal sealed class EqualityTests
{
    private const int Questions = 200;
    private DirectoryInfo _folder = null!;
    private ServerIndices _indices = null!;
    private SqliteStore _sqlite = null!;
    private ElasticsearchStore _elasticsearch = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task Open()
    {
        _folder = Directory.CreateTempSubdirectory("subot-equal-");
        _indices = new ServerIndices(await SearchServers.SharedAsync(ServerKind.Elasticsearch));
        _sqlite = SqliteStore.Open(Path.Combine(_folder.FullName, "from"));
        _elasticsearch = await _indices.OpenAsync(Ct);
    }

    [TearDown]
    public async Task Close()
    {
        await _sqlite.DisposeAsync();
        await _elasticsearch.DisposeAsync();
        await _indices.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_generated_year_gives_the_same_numbers_and_comes_back_the_same()
    {
        var (begin, end) = (RandomThreads.At(2025, 1, 1), RandomThreads.At(2026, 1, 1));
        var random = new RandomThreads(5);
        foreach (var part in Enumerable.Range(0, 6000).Select(_ => random.Key(3, begin, end)).Distinct().Chunk(500))
            await _sqlite.CommitAsync(new ChangeSet { Threads = [.. part.Select(key => RandomThreads.Change(key, random.Facts(key)))], Now = begin }, Ct);
        foreach (var version in RandomThreads.Settings.Written)
            await _sqlite.AppendSettingsAsync(version, Ct);
        foreach (var channel in Enumerable.Range(0, 3))
            await _sqlite.RecordChannelAsync(new ChannelRecord(new($"C{channel}"), $"channel {channel}", end, end), Ct);
        await ActAsync();

        await CopyThereAndBackAsync();
        await CompareAsync(random, 5, [new("C0"), new("C1"), new("C2")], begin, end);
    }

    [TestCase("houstondatavis", "general")]
    public async Task A_real_export_gives_the_same_numbers(string name, string channel)
    {
        using var export = SlackExport.Open(TestData.Require("data", "exports", $"{name}.zip"));
        var (id, _) = export.Channels().Where(c => c.Name == channel).Select(c => (new ChannelId(c.Id!), c)).Single();
        var version = new SettingsVersion(1, Ts.Zero, new TeamSettings { TimeZone = "America/Chicago", Team = [.. Busiest(export, channel)] }, "test");
        await _sqlite.AppendSettingsAsync(version, Ct);
        var settings = await _sqlite.SettingsAsync(Ct);
        var batch = new ApplyBatch(_sqlite, ReplyPolicy.None, Forgetting.Nothing);
        await new ExportImport(export, _sqlite, new CurrentSettings(settings), (arrivals, ct) => batch.ApplyAsync(arrivals, settings, default, ct), appliesItself: true, TimeProvider.System)
            .RunAsync(channel, id, () => { }, Ct);
        var threads = await _sqlite.ThreadsBetweenAsync(id, Ts.Zero, Ts.Max, Ct);
        Assert.That(threads, Has.Count.GreaterThan(50));

        await CopyThereAndBackAsync();
        // It has no tools, labels or answers.
        await CompareAsync(new RandomThreads(6), 3, [id], threads[0].Root, threads[^1].Root);
    }

    /// <summary>Some of the actions went on their way.</summary>
    private async Task ActAsync()
    {
        var number = 0;
        await foreach (var action in _sqlite.ReadActionsAsync(Ct))
        {
            if (number++ % 3 == 0)
                await _sqlite.UpdateActionAsync(action, action with { Status = ActionStatus.Sent, Attempts = 1, Text = "thanks", PostedAt = action.NextTry }, Ct);
        }

        Assert.That(number, Is.GreaterThan(1000));
        await _sqlite.RecordPeopleAsync([.. Enumerable.Range(1, 450).Select(i => new Person(new UserId($"U0P{i}"), new Ts(i)) { Name = $"person.{i}", RealName = "É", IsBot = i % 7 == 0 })], Ct);
    }

    private async Task CopyThereAndBackAsync()
    {
        var digest = await StoreDigest.OfAsync(_sqlite, Ct);
        // Stopped in the middle, and run again.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        try
        {
            await new StoreCopy(_sqlite, _elasticsearch).RunAsync(_ => stop.Cancel(), stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As it should: a small store is copied before it hears of it.
        }

        await new StoreCopy(_sqlite, _elasticsearch).RunAsync(_ => { }, Ct);
        Assert.That(await StoreDigest.OfAsync(_elasticsearch, Ct), Is.EqualTo(digest));
        Assert.That((await Check.RunAsync(_elasticsearch, Ct)).Differences, Is.Empty);

        await using var back = SqliteStore.Open(Path.Combine(_folder.FullName, "back"));
        await new StoreCopy(_elasticsearch, back).RunAsync(_ => { }, Ct);
        Assert.That(await StoreDigest.OfAsync(back, Ct), Is.EqualTo(digest));
    }

    private async Task CompareAsync(RandomThreads random, int filters, ChannelId[] channels, Ts begin, Ts end)
    {
        var settings = await _sqlite.SettingsAsync(Ct);
        var all = new NumbersQuery(channels, begin, end, end, NumbersFilter.None);
        var people = (await _sqlite.BreakdownAsync(all, NumbersDimension.Requester, settings, Ct)).Select(p => p.Value).OfType<string>().Take(8).Select(id => new UserId(id)).ToList();
        var roots = new List<Ts>();
        foreach (var channel in channels)
            roots.AddRange((await _sqlite.ThreadsBetweenAsync(channel, Ts.Zero, Ts.Max, Ct)).Select(t => t.Root));
        var empty = 0;
        for (var i = 0; i < Questions; i++)
        {
            // Where there are threads: most of a channel's life may be quiet.
            var (a, b) = (roots[random.Next(roots.Count)], roots[random.Next(roots.Count)]);
            var (from, to) = a < b ? (a, b) : (b, a);
            var filter = FilterOf(random, i % filters, people);
            var query = new NumbersQuery([.. channels.Where((_, n) => n == i % channels.Length || i % 2 == 0)], from, to, random.Between(begin, end), filter);
            var numbers = await _sqlite.NumbersAsync(query, settings, Ct);
            empty += numbers.Requests == 0 ? 1 : 0;

            Assert.That(Digits(await _elasticsearch.NumbersAsync(query, settings, Ct)), Is.EqualTo(Digits(numbers)), $"{query}");
            uint[] instants = [.. Enumerable.Range(0, 20).Select(_ => (uint)random.Between(begin, end).CeilingSeconds)];
            Assert.That(await _elasticsearch.BacklogAsync(query.Channels, instants, Ct), Is.EqualTo(await _sqlite.BacklogAsync(query.Channels, instants, Ct)));
            if (i % 25 != 0)
                continue;
            foreach (var dimension in Enum.GetValues<NumbersDimension>())
            {
                Assert.That(
                    Digits(await _elasticsearch.BreakdownAsync(query, dimension, settings, Ct)), Is.EqualTo(Digits(await _sqlite.BreakdownAsync(query, dimension, settings, Ct))), $"{dimension}: {query}");
            }
        }

        Assert.That(empty, Is.AtMost(Questions / 10));
    }

    /// <summary>A filter of a sort; one that leaves nothing proves little.</summary>
    private static NumbersFilter FilterOf(RandomThreads random, int sort, List<UserId> people)
    {
        var any = random.Filter();
        return sort switch
        {
            0 => NumbersFilter.None,
            1 => new NumbersFilter { Statuses = [.. any.Statuses.Append(ThreadStatus.Expired).Append(ThreadStatus.Fixed).Distinct()] },
            2 => new NumbersFilter { Requesters = [.. people.Where(_ => random.Next(2) == 0)] },
            3 => new NumbersFilter { Tools = any.Tools.Count > 1 ? any.Tools : [] },
            _ => any.Tools.Count + any.Labels.Count + any.Answers.Count + any.Requesters.Count + any.Responders.Count < 4 ? any with { Statuses = [] } : new NumbersFilter { Statuses = any.Statuses, Labels = any.Labels },
        };
    }

    private static string Digits<T>(T numbers) => JsonSerializer.Serialize(numbers);

    /// <summary>Those who write most answer most: they are the team.</summary>
    private static IEnumerable<string> Busiest(SlackExport export, string channel) =>
        export.ReadAsync(channel, Ct).ToBlockingEnumerable().SelectMany(day => day).Where(m => m.User is not null)
            .CountBy(m => m.User!).OrderByDescending(u => u.Value).Take(3).Select(u => u.Key);
}
