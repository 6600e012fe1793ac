using System.CommandLine;
using Subot.Bot.Commands;

var run = RunCommand.Create();
var root = new RootCommand("Subot runs a team's support channel in Slack: it answers, follows and measures.")
{
    run,
    ImportCommand.Create(),
    StatsCommand.Create(),
    ThreadsCommand.Create(),
    CheckCommand.Create(),
};
root.SetAction((parsed, ct) => root.Parse(["run"]).InvokeAsync(cancellationToken: ct));
return await root.Parse(args).InvokeAsync();
