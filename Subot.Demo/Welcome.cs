using Spectre.Console;
using Subot.Demo.Exports;
using Subot.Demo.Sample;
using Subot.Simulator;

namespace Subot.Demo;

/// <summary>What the terminal says once the demo runs.</summary>
internal static class Welcome
{
    public static void ToSample(SimulatorServer simulator, Uri api, string dataFolder)
    {
        var (david, bruno) = ($"{simulator.Url}?as={SampleWorkspace.David}", $"{simulator.Url}?as={SampleWorkspace.Bruno}");
        Write($"""

            [bold]Subot runs in a Slack workspace on this machine.[/] Open it twice, side by side:

              David Novak, who asks          [link={david}]{david}[/]
              Bruno Petit, of the team       [link={bruno}]{bruno}[/]

              The API, described             [link={api}docs]{api}docs[/] (you are its sample admin)
              Its numbers, for example       [link={api}v2/summary]{api}v2/summary[/]

            Emma, Farid and Greta ask too; Alice and Chloé are of the team.
            'I am' at the bottom left makes you another person.

            [bold]Try[/]
              1. As David, write a question in #help. The bot answers in its thread.
              2. As Bruno, reply there, then put ✔ on the first message: it is solved.
              3. As Emma, ask "How do I get access to Vault?" and say whether the answer helped.
              4. Type [bold]/subot help[/] in #help: open requests, numbers, who is on call, for your eyes only.
              5. Wait: after two minutes the person on call is reminded (usually it is an hour of working time). What waits
                 since before today is listed in the channel: each day when work begins, here at midnight or at the start.
              6. Open the menu of a message for its shortcuts, and Subot's home under 'Apps'.

            """);
        End("help", dataFolder);
    }

    public static void ToExport(SimulatorServer simulator, Uri api, PlayedExport played, string dataFolder)
    {
        Write($"""

            [bold]{played.Messages} messages and {played.Reactions} reactions of {played.Place.Channels.Count} channels are played.[/]

              The workspace               [link={simulator.Url}]{simulator.Url}[/]
              The API, described          [link={api}docs]{api}docs[/] (you are its sample admin)
              Its numbers, for example    [link={api}v2/summary]{api}v2/summary[/]

            """);
        End(played.ChannelNames[0], dataFolder);
    }

    private static void End(string channel, string dataFolder) => Write($"""
        The bot stores in {Markup.Escape(dataFolder)}. Its commands work on it while it runs, from another terminal:

          dotnet run --project Subot.Bot -- stats --channel {Markup.Escape(channel)} --data {Markup.Escape(dataFolder)}

        `threads`, `settings` and `check` too. Ctrl-C stops everything.
        """);

    // Lines are not broken to the terminal's width: an address must stay whole to be clicked.
    private static void Write(string markup)
    {
        foreach (var line in markup.Split('\n'))
            AnsiConsole.Write(new Markup(line + Environment.NewLine) { Overflow = Overflow.Ellipsis });
    }
}
