using Subot.Simulator;

namespace Subot.Demo.Exports;

/// <summary>Plays an export into a workspace, no faster than the bot acknowledges.</summary>
internal sealed class ExportPlayer(SimulatorServer simulator, PlaySpeed speed, TimeProvider time)
{
    // More on the way would only wait in the bot's queue.
    private const int MostUnacknowledged = 1000;

    /// <summary>Plays; when it returns the bot has acknowledged everything.</summary>
    /// <param name="played">Told after each step.</param>
    public async Task PlayAsync(IReadOnlyList<PlayStep> steps, Action played, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        for (var index = 0; index < steps.Count; index++)
        {
            ct.ThrowIfCancellationRequested();
            if (speed.PerSecond is { } perSecond && TimeSpan.FromSeconds(index / perSecond) - time.GetElapsedTime(began) is { Ticks: > 0 } early)
                await Task.Delay(early, time, ct);
            await simulator.Hub.WaitUntilAtMostAsync(MostUnacknowledged, ct);
            steps[index].Play(simulator.Workspace);
            played();
        }

        await simulator.Hub.WaitUntilAtMostAsync(0, ct);
    }
}
