using Spectre.Console;

namespace Subot.Demo.Exports;

/// <summary>Shows how far an export is played.</summary>
internal static class PlayProgress
{
    public static Task ShowAsync(ExportPlayer player, IReadOnlyList<PlayStep> steps, CancellationToken ct) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("Playing the export", maxValue: Math.Max(1, steps.Count));
                await player.PlayAsync(steps, () => task.Increment(1), ct);
                task.Value = task.MaxValue;
            });
}
