using System.CommandLine;
using Subot.Bot.Commands;

CommonOptions.KeepLinesWhole();

var run = RunCommand.Create();
var root = new RootCommand("Subot runs a team's support channel in Slack: it answers, follows and measures.")
{
    run,
    ImportCommand.Create(),
    ImportLegacyCommand.Create(),
    StatsCommand.Create(),
    ThreadsCommand.Create(),
    CheckCommand.Create(),
    CopyCommand.Create(),
    SettingsCommand.Create(),
    PrivacyCommand.Create(),
};
root.SetAction((_, ct) => RunCommand.RunAsync(dataFolder: null, ct));
// At Ctrl-C or SIGTERM the bot stores what it has taken before it goes.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
