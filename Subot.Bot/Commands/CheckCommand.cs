using System.CommandLine;
using Spectre.Console;
using Subot.Bot.Apply;

namespace Subot.Bot.Commands;

/// <summary>Recomputes everything from the facts.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var command = new Command("check", "Recompute every thread and every number from the facts, and report differences.") { data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(async () =>
        {
            await using var store = await CommonOptions.OpenExistingAsync(parsed.GetValue(data), ct);
            var report = await Check.RunAsync(store, ct);
            foreach (var difference in report.Differences)
                AnsiConsole.MarkupLineInterpolated($"[red]{difference}[/]");
            AnsiConsole.MarkupLineInterpolated(report.Differences.Count == 0
                ? (FormattableString)$"[green]{Counted.Of(report.Threads, "thread")} with {Counted.Of(report.Facts, "fact")} checked: no difference.[/]"
                : $"[red]{Counted.Of(report.Differences.Count, "difference")} in {Counted.Of(report.Threads, "thread")}.[/]");
            return report.Differences.Count == 0 ? 0 : 2;
        }));
        return command;
    }
}
