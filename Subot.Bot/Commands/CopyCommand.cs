using System.CommandLine;
using Spectre.Console;
using Subot.Bot.Copying;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Storage;

namespace Subot.Bot.Commands;

/// <summary>Copies a store to another engine, and compares both ends.</summary>
internal static class CopyCommand
{
    // As long as a lease of a bot that died may last.
    private const int MostLooks = 30;

    public static Command Create()
    {
        var from = Place("--from", "The store to read: sqlite:DIR or elasticsearch:URL");
        var to = Place("--to", "The store to fill, an empty one: sqlite:DIR or elasticsearch:URL");
        var command = new Command(
            "copy",
            "Copy everything from one store to another, and compare both. Stop every bot first. It can be stopped and run again. "
            + "How to sign in to Elasticsearch is read from the environment.")
        {
            from, to,
        };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(() => RunAsync(StorePlace.Named(parsed.GetValue(from)!), StorePlace.Named(parsed.GetValue(to)!), ct)));
        return command;
    }

    private static Option<string> Place(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "STORE" };

    private static async Task<int> RunAsync(StorePlace source, StorePlace target, CancellationToken ct)
    {
        if (source.ToString() == target.ToString())
            throw new StartRefusedException("Both are the same store. Name two.");
        await source.RequireExistingAsync(ct);
        await using var from = await OpenAsync(source, ct);
        await using var to = await OpenAsync(target, ct);
        await AnsiConsole.Status().StartAsync("Copying", context =>
            new StoreCopy(from, to).RunAsync(count => context.Status($"{count} threads"), ct));
        var (before, after) = await AnsiConsole.Status().StartAsync("Comparing", async _ => (await StoreDigest.OfAsync(from, ct), await StoreDigest.OfAsync(to, ct)));
        if (before != after)
            throw new StartRefusedException($"The copy differs.{Environment.NewLine}  {source}: {before}{Environment.NewLine}  {target}: {after}{Environment.NewLine}Nobody may write meanwhile: stop every bot, and run the copy again.");
        AnsiConsole.MarkupLineInterpolated(
            $"[green]{Counted.Of(before.Threads, "thread")} with {Counted.Of(before.Facts, "fact")}, {Counted.Of(before.Texts, "text")}, {Counted.Of(before.Actions, "action")} and {Counted.Of(before.People, "person", "people")} are the same in {source} and {target}.[/]");
        return 0;
    }

    /// <summary>Opens a store, and waits until no bot sends from it.</summary>
    private static async Task<IStore> OpenAsync(StorePlace place, CancellationToken ct)
    {
        var store = await place.OpenToWriteAsync(ct);
        foreach (var channel in await store.ChannelsAsync(ct))
        {
            for (var looks = 0; await store.TryHoldAsync(ChannelLeases.NameOf(channel.Id), ct) is null; looks++)
            {
                if (looks == MostLooks)
                    throw new StartRefusedException($"A bot runs on {place}. Stop it first.");
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, ct);
            }
        }

        return store;
    }
}
