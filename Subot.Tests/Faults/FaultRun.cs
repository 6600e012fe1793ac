using NUnit.Framework;
using Subot.Simulator;
using Subot.Simulator.Faults;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;

namespace Subot.Tests.Faults;

/// <summary>A workspace of many channels, a crowd in it, and bots on a store of their own.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    /// <summary>How many events may wait for their acknowledgement before the crowd waits too.</summary>
    private const int Window = 200;

    private readonly Dictionary<string, string> _environment;

    private FaultRun(SimulatorServer simulator, IReadOnlyDictionary<string, string> store)
    {
        (Simulator, Replies) = (simulator, new BotReplies(simulator.Workspace));
        _environment = new Dictionary<string, string>(store)
        {
            ["SLACK_ID"] = string.Join(',', Channels),
            ["SUBOT_TEAM"] = string.Join(',', Crowd.Team),
            ["SUBOT_POST_RATE"] = "0",
            ["SUBOT_ANSWER_WITHIN"] = "1d",
        };
    }

    public static IReadOnlyList<string> Channels { get; } = [.. Enumerable.Range(1, 50).Select(n => $"C0FAULT{n:D3}")];

    public SimulatorServer Simulator { get; }

    public BotReplies Replies { get; }

    /// <summary>The parameters of a store in a data folder.</summary>
    public static IReadOnlyDictionary<string, string> Folder(string path) => new Dictionary<string, string> { ["SUBOT_DATA"] = path };

    /// <param name="store">The parameters that say where the store is.</param>
    public static async Task<FaultRun> StartAsync(IReadOnlyDictionary<string, string> store, FaultSettings faults, CancellationToken ct)
    {
        var workspace = new Workspace(new AppIdentity(), TimeProvider.System);
        foreach (var channel in Channels)
            workspace.Add(new Channel(channel, channel.ToLowerInvariant(), ChannelKind.Public), workspace.App.BotUserId);
        // A Slack that never gives an event up: what is found in history alone has no exact times, and the clean run has them all.
        var simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions { Workspace = workspace, SocketMode = new SocketModeOptions { RetrySeconds = [.. Enumerable.Repeat(1.0, 300)] } }, ct);
        simulator.Faults.Settings = faults;
        return new FaultRun(simulator, store);
    }

    public BotProcess StartBot(KillPoint? point = null) => BotProcess.Start(Simulator, _environment, point);

    /// <summary>Waits until the bot keeps up, or is gone.</summary>
    public async Task KeepUpAsync(Task botGone, CancellationToken ct)
    {
        var keptUp = Simulator.Hub.WaitUntilAtMostAsync(Window, ct);
        await await Task.WhenAny(keptUp, botGone);
    }

    /// <summary>Does again what was done elsewhere.</summary>
    public async Task ActAgainAsync(IReadOnlyList<Deed> deeds, Task botGone, CancellationToken ct)
    {
        foreach (var deed in deeds)
        {
            if (deed.AfterReply && !Crowd.Team.Contains(Simulator.Workspace.FindChannel(deed.Channel)!.Find(deed.Root)?.Author ?? ""))
                await Replies.UntilAsync(() => Replies.To(deed.Channel, deed.Root) > 0, ct);
            Assert.That(deed.DoIn(Simulator.Workspace), Is.True, deed.ToString());
            await KeepUpAsync(botGone, ct);
        }
    }

    /// <summary>Waits until every request has its one reply and every event is acknowledged.</summary>
    public async Task SettleAsync(IEnumerable<Deed> done, CancellationToken ct)
    {
        var requests = done.Where(d => d.Kind == DeedKind.Ask && !Crowd.Team.Contains(d.User)).Select(d => (d.Channel, d.At)).ToList();
        try
        {
            await Replies.UntilAsync(() => requests.TrueForAll(r => Replies.To(r.Channel, r.At) == 1), ct);
            await Simulator.Hub.WaitUntilAtMostAsync(0, ct);
        }
        catch (OperationCanceledException)
        {
            var wrong = requests.Where(r => Replies.To(r.Channel, r.At) != 1).Select(r => $"{r.Channel}:{r.At} has {Replies.To(r.Channel, r.At)} replies");
            Assert.Fail($"{Simulator.Hub.Outstanding} events outstanding; {string.Join("; ", wrong.Take(20))}");
        }
    }

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();
}
