using NUnit.Framework;
using Subot.Simulator;
using Subot.Simulator.Model;

namespace Subot.Tests.Faults;

/// <summary>What is acknowledged is on the disk.</summary>
[NonParallelizable]
public sealed class DurabilityTests
{
    private const string Help = "C0HELP0001";
    private const int Messages = 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    [Test]
    public async Task Acknowledgement_leaves_only_after_the_log_was_synced()
    {
        if (!File.Exists("/usr/bin/strace"))
            TestData.SkipUnlessCi("needs strace");
        using var limit = new CancellationTokenSource(s_longest);
        var folder = Directory.CreateTempSubdirectory("subot-strace").FullName;
        var log = Path.Combine(folder, "trace");
        try
        {
            await TalkToTracedBotAsync(folder, log, limit.Token);
            var trace = SyscallTrace.Read(File.ReadLines(log));
            for (var n = 0; n < Messages; n++)
            {
                var steps = trace.FromReceivedToSent(Marker(n));
                Assert.That(steps, Has.Some.EqualTo(TraceStep.FrameSent), "the trace shows the event and its acknowledgement");
                Assert.That(steps, Has.Some.EqualTo(TraceStep.LogSynced), $"synced between event {n} and its acknowledgement");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One message after the other, each once the one before is acknowledged.</summary>
    private static async Task TalkToTracedBotAsync(string folder, string log, CancellationToken ct)
    {
        var workspace = new Workspace(new AppIdentity(), TimeProvider.System);
        workspace.Add(new Channel(Help, "help", ChannelKind.Public), workspace.App.BotUserId);
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Workspace = workspace }, ct);
        var environment = new Dictionary<string, string> { ["SLACK_ID"] = Help, ["SUBOT_DATA"] = Path.Combine(folder, "data"), ["SUBOT_REPLIES"] = "observe" };
        await using var bot = BotProcess.Start(
            simulator, environment, null, "strace", "-f", "-y", "-s", "4096", "-o", log, "-e", "trace=fdatasync,fsync,sendto,sendmsg,write,writev,read,recvfrom,recvmsg");
        var gone = bot.ExitAsync(ct);
        await await Task.WhenAny(gone, bot.UntilAsync("Caught up", 1, ct));
        for (var n = 0; n < Messages; n++)
        {
            workspace.Post("U0ANN", Help, Marker(n));
            await simulator.Hub.WaitUntilAtMostAsync(0, ct);
        }

        Assert.That(await bot.StopAsync(ct), Is.Zero, bot.Output);
    }

    private static string Marker(int n) => $"question-{n}-of-the-trace";
}
