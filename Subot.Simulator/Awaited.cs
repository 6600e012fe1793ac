namespace Subot.Simulator;

/// <summary>Waits for the first thing that is as wanted, among those that are there and those to come.</summary>
internal sealed class Awaited<T>(Func<T, bool> wanted)
{
    private readonly TaskCompletionSource<T> found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void See(T seen)
    {
        if (wanted(seen))
            found.TrySetResult(seen);
    }

    /// <summary>Completes with it; <paramref name="known"/> is what was there when the watch began.</summary>
    public Task<T> AmongAsync(IEnumerable<T> known, CancellationToken cancellationToken)
    {
        foreach (var one in known)
            See(one);
        return found.Task.WaitAsync(cancellationToken);
    }
}
