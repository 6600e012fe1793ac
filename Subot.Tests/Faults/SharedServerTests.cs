using System.Diagnostics;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Domain;
using Subot.Simulator.Faults;
using Subot.Storage.Elasticsearch;
using Subot.Tests.Storage.Elasticsearch;

namespace Subot.Tests.Faults;

/// <summary>
/// Bots on Elasticsearch, several at once or with a server that fails: the outcome is that of one bot on a day without trouble.
/// </summary>
[NonParallelizable]
public sealed class SharedServerTests
{
    private const int EventsBetween = 150;
    private const string NotStored = "could not be stored";
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    private CancellationTokenSource _limit = null!;

    private CancellationToken Limit => _limit.Token;

    [SetUp]
    public void Begin() => _limit = new CancellationTokenSource(s_longest);

    [TearDown]
    public void End() => _limit.Dispose();

    [Test]
    public async Task Two_bots_share_a_store_and_one_is_killed_and_one_is_paused_for_twice_its_lease()
    {
        var server = await SearchServers.SharedAsync(ServerKind.Elasticsearch);
        await using var shared = new ServerIndices(server);
        var deeds = await ActWithTwoAsync(shared);

        await CompareAsync(shared, server, deeds);
    }

    [Test]
    public async Task A_server_that_is_killed_stands_still_or_refuses_costs_nothing()
    {
        await using var server = await SearchServers.OwnAsync(ServerKind.Elasticsearch);
        await using var indices = new ServerIndices(server.Server);
        IReadOnlyList<Deed> deeds;
        await using (var run = await FaultRun.StartAsync(Environment(indices), new FaultSettings(), Limit))
        {
            var crowd = new Crowd(run.Simulator.Workspace, run.Replies, FaultRun.Channels, seed: 3);
            await using var bot = run.StartBot();
            await bot.UntilAsync("Caught up", FaultRun.Channels.Count, Limit);
            await ActAsync(run, crowd, bot, EventsBetween);

            await RefuseAsync(indices, "threads", "index.blocks.write", true);
            await TroubleAsync(run, crowd, bot, () => RefuseAsync(indices, "threads", "index.blocks.write", false));
            await RefuseAsync(indices, "*", "index.blocks.read_only_allow_delete", true);
            await TroubleAsync(run, crowd, bot, () => RefuseAsync(indices, "*", "index.blocks.read_only_allow_delete", false));
            await server.KillAsync();
            await TroubleAsync(run, crowd, bot, server.StartAsync);
            await server.PauseAsync();
            Act(crowd, 20);
            await server.ResumeAsync();
            await ActAsync(run, crowd, bot, EventsBetween);

            await run.SettleAsync(crowd.Done, Limit);
            Assert.That(run.Replies.InChannels, Is.Empty, "nothing was said but replies");
            Assert.That(run.Replies.EverBesides(Requests(crowd.Done)), Is.Empty, "no post was ever doubled");
            Assert.That(await bot.StopAsync(Limit), Is.Zero, bot.Output);
            deeds = crowd.Done;
        }

        await CompareAsync(indices, server.Server, deeds);
    }

    private async Task<IReadOnlyList<Deed>> ActWithTwoAsync(ServerIndices indices)
    {
        await using var run = await FaultRun.StartAsync(Environment(indices), new FaultSettings(), Limit);
        var crowd = new Crowd(run.Simulator.Workspace, run.Replies, FaultRun.Channels, seed: 2);
        await using var one = run.StartBot();
        await one.UntilAsync("Caught up", FaultRun.Channels.Count, Limit);
        await using var other = run.StartBot();
        await other.UntilAsync("Caught up", FaultRun.Channels.Count, Limit);
        await ActAsync(run, crowd, other, EventsBetween);

        // The one that sends is killed: the other takes over when the leases have run out.
        await one.KillAsync(Limit);
        await ActAsync(run, crowd, other, EventsBetween);
        await run.SettleAsync(crowd.Done, Limit);
        await using var third = run.StartBot();
        await third.UntilAsync("Caught up", FaultRun.Channels.Count, Limit);

        // The one that sends now stands still in the middle of it, for twice its lease, while people go on asking.
        Act(crowd, 50);
        await other.PauseAsync(Limit);
        var paused = Stopwatch.StartNew();
        using var step = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (paused.Elapsed < 2 * ElasticsearchStore.LeaseLength)
        {
            await step.WaitForNextTickAsync(Limit);
            crowd.Act();
        }

        await run.SettleAsync(crowd.Done, Limit);
        await other.ResumeAsync(Limit);
        await ActAsync(run, crowd, third, EventsBetween);
        await run.SettleAsync(crowd.Done, Limit);
        Assert.That(await other.StopAsync(Limit), Is.Zero, other.Output);
        Assert.That(await third.StopAsync(Limit), Is.Zero, third.Output);
        Assert.That(run.Replies.EverBesides(Requests(crowd.Done)), Is.Empty, "no post was ever doubled");
        return crowd.Done;
    }

    /// <summary>Does the same again before one bot, and compares what both stores say in the end.</summary>
    private async Task CompareAsync(ServerIndices indices, SearchServer server, IReadOnlyList<Deed> deeds)
    {
        await using var clean = new ServerIndices(server);
        await using (var run = await FaultRun.StartAsync(Environment(clean), new FaultSettings(), Limit))
        {
            await using var bot = run.StartBot();
            var gone = bot.ExitAsync(Limit);
            await await Task.WhenAny(gone, bot.UntilAsync("Caught up", FaultRun.Channels.Count, Limit));
            await run.ActAgainAsync(deeds, gone, Limit);
            await run.SettleAsync(deeds, Limit);
            Assert.That(await bot.StopAsync(Limit), Is.Zero, bot.Output);
        }

        var asOf = Ts.Parse(deeds.Max(d => d.At)!).AddSeconds(3600);
        await using var actual = await indices.OpenAsync(Limit);
        await using var expected = await clean.OpenAsync(Limit);
        Assert.That(
            (await Outcome.ReadAsync(actual, FaultRun.Channels, asOf, Limit)).DifferencesFrom(await Outcome.ReadAsync(expected, FaultRun.Channels, asOf, Limit)), Is.Empty);
    }

    private async Task ActAsync(FaultRun run, Crowd crowd, BotProcess bot, int events)
    {
        var gone = bot.ExitAsync(Limit);
        for (var i = 0; i < events; i++)
        {
            crowd.Act();
            await run.KeepUpAsync(gone, Limit);
        }

        await run.Simulator.Hub.WaitUntilAtMostAsync(0, Limit);
    }

    /// <summary>People go on while the store is in trouble, until the bot has said so; then the trouble ends.</summary>
    private async Task TroubleAsync(FaultRun run, Crowd crowd, BotProcess bot, Func<Task> end)
    {
        var told = bot.Output.Split(NotStored).Length - 1;
        Act(crowd, 100);
        await bot.UntilAsync(NotStored, told + 1, Limit);
        await end();
        await run.Simulator.Hub.WaitUntilAtMostAsync(0, Limit);
    }

    private static void Act(Crowd crowd, int events)
    {
        for (var i = 0; i < events; i++)
            crowd.Act();
    }

    private async Task RefuseAsync(ServerIndices indices, string kind, string block, bool isSet) => await indices.Client.SendAsync(
        HttpMethod.Put, $"{indices.Prefix}-{kind}/_settings", new JsonObject { [block] = isSet ? true : null }, Limit);

    /// <summary>What may have a reply: requests, and what Slack puts into the channel because its thread was deleted.</summary>
    private static IEnumerable<(string Channel, string Root)> Requests(IReadOnlyList<Deed> deeds) =>
        deeds.Where(d => d.Kind is DeedKind.Ask or DeedKind.Reply && !Crowd.Team.Contains(d.User)).Select(d => (d.Channel, d.At));

    private static Dictionary<string, string> Environment(ServerIndices indices) => new()
    {
        ["ELASTICSEARCH_URL"] = indices.Options.Nodes[0].ToString(),
        ["SUBOT_INDEX_PREFIX"] = indices.Prefix,
    };
}
