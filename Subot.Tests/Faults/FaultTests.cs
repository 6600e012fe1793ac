using NUnit.Framework;
using Subot.Domain;
using Subot.Simulator.Faults;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Faults;

/// <summary>Everything goes wrong at once, and in the end nothing shows it.</summary>
[NonParallelizable]
public sealed class FaultTests
{
    private const int Events = 10_000;
    private const int KillsPerPlace = 5;
    private const int MostCommits = 40;
    private const int MostPosts = 120;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    private static readonly FaultSettings s_faults = new()
    {
        Duplicate = 0.05,
        Reorder = 20,
        DropEvery = 1000,
        LoseAcks = 0.02,
        Api =
        [
            new ApiFault { Method = "chat.postMessage", Kind = ApiFaultKind.RateLimited, Probability = 0.01 },
            new ApiFault { Method = "chat.postMessage", Kind = ApiFaultKind.ServerError, Probability = 0.01 },
            new ApiFault { Method = "chat.postMessage", Kind = ApiFaultKind.Timeout, Probability = 0.01, DelayMs = 300 },
            new ApiFault { Method = "chat.postMessage", Kind = ApiFaultKind.Late, Probability = 0.01, DelayMs = 5000 },
            new ApiFault { Method = "conversations.replies", Kind = ApiFaultKind.ServerError, Probability = 0.01 },
            new ApiFault { Method = "conversations.history", Kind = ApiFaultKind.RateLimited, Probability = 0.01 },
            new ApiFault { Method = "apps.connections.open", Kind = ApiFaultKind.ServerError, Probability = 0.05 },
        ],
    };

    private string _folder = null!;
    private CancellationTokenSource _limit = null!;

    private CancellationToken Limit => _limit.Token;

    [SetUp]
    public void MakeFolder()
    {
        _limit = new CancellationTokenSource(s_longest);
        _folder = Directory.CreateTempSubdirectory("subot-faults").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Faults_and_kills_leave_no_trace_in_statuses_numbers_actions_and_replies()
    {
        var faulty = Path.Combine(_folder, "faulty");
        var deeds = await ActUnderFaultsAsync(faulty);
        var clean = Path.Combine(_folder, "clean");
        await ActAgainAsync(clean, deeds);

        var asOf = Ts.Parse(deeds.Max(d => d.At)!).AddSeconds(3600);
        await using var expected = SqliteStore.Open(clean);
        await using var actual = SqliteStore.Open(faulty);
        Assert.That(
            (await Outcome.ReadAsync(actual, FaultRun.Channels, asOf, Limit)).DifferencesFrom(await Outcome.ReadAsync(expected, FaultRun.Channels, asOf, Limit)), Is.Empty);
    }

    private async Task<IReadOnlyList<Deed>> ActUnderFaultsAsync(string folder)
    {
        await using var run = await FaultRun.StartAsync(FaultRun.Folder(folder), s_faults, Limit);
        var crowd = new Crowd(run.Simulator.Workspace, run.Replies, FaultRun.Channels, seed: 1);
        var random = new Random(1);
        for (var kills = 0; kills < KillsPerPlace * KillPoint.Places.Count || crowd.Done.Count < Events; kills++)
        {
            var place = KillPoint.Places[kills % KillPoint.Places.Count];
            var pass = random.Next(1, place is KillPoint.BeforeCommit or KillPoint.AfterCommit ? MostCommits : MostPosts);
            await using var bot = run.StartBot(new KillPoint(place, pass));
            var gone = bot.ExitAsync(Limit);
            while (!gone.IsCompleted)
            {
                crowd.Act();
                await run.KeepUpAsync(gone, Limit);
            }

            Assert.That(await gone, Is.EqualTo(137), bot.Output);
            TestContext.Progress.WriteLine($"kill {kills + 1} {place}, {crowd.Done.Count} events");
        }

        await using var last = run.StartBot();
        await last.UntilAsync("Caught up", FaultRun.Channels.Count, Limit);
        await run.SettleAsync(crowd.Done, Limit);
        Assert.That(await last.StopAsync(Limit), Is.Zero, last.Output);
        Assert.That(run.Replies.InChannels, Is.Empty, "the bot's posts outside of threads");
        Assert.That(run.Simulator.Hub.Counters.GivenUp, Is.Zero, "events given up");
        return crowd.Done;
    }

    private async Task ActAgainAsync(string folder, IReadOnlyList<Deed> deeds)
    {
        await using var run = await FaultRun.StartAsync(FaultRun.Folder(folder), new FaultSettings(), Limit);
        await using var bot = run.StartBot();
        var gone = bot.ExitAsync(Limit);
        // What is done again has the times of the first run: a read of history in between would show a later present.
        await await Task.WhenAny(gone, bot.UntilAsync("Caught up", FaultRun.Channels.Count, Limit));
        await run.ActAgainAsync(deeds, gone, Limit);
        await run.SettleAsync(deeds, Limit);
        Assert.That(await bot.StopAsync(Limit), Is.Zero, bot.Output);
    }
}
