using System.CommandLine;
using Subot.Benchmarks.Export;
using Subot.Benchmarks.Store;

namespace Subot.Benchmarks.Processes;

/// <summary>What this program does as a process of its own, started by a measurement.</summary>
internal static class PeerCommands
{
    public static Command Create()
    {
        var url = new Argument<string>("api-url");
        var ackOnly = new Command("ack-only") { url };
        ackOnly.SetAction((arguments, ct) => AckOnlyPeer.RunAsync(arguments.GetValue(url)!, ct));

        var (data, threads) = (new Argument<string>("data"), new Argument<int>("threads"));
        var numbers = new Command("numbers") { data, threads };
        numbers.SetAction((arguments, ct) => NumbersPeer.RunAsync(arguments.GetValue(data)!, arguments.GetValue(threads), ct));

        var years = new Argument<string>("data");
        var read = new Command("read") { years };
        read.SetAction((arguments, ct) => ReadingPeer.RunAsync(arguments.GetValue(years)!, ct));

        var export = new Argument<string>("export");
        var parse = new Command("parse") { export };
        parse.SetAction((arguments, ct) => ParsePeer.RunAsync(arguments.GetValue(export)!, ct));
        return new Command("peer") { Hidden = true, Subcommands = { ackOnly, numbers, read, parse } };
    }
}
