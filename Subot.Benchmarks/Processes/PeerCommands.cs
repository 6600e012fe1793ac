using System.CommandLine;

namespace Subot.Benchmarks.Processes;

/// <summary>What this program does as a process of its own, started by a measurement.</summary>
internal static class PeerCommands
{
    public static Command Create()
    {
        var url = new Argument<string>("api-url");
        var ackOnly = new Command("ack-only") { url };
        ackOnly.SetAction((arguments, ct) => AckOnlyPeer.RunAsync(arguments.GetValue(url)!, ct));
        return new Command("peer") { Hidden = true, Subcommands = { ackOnly } };
    }
}
