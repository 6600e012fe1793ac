namespace Subot.Slack;

/// <summary>Work beside the reader, a bounded number at a time, awaited at the end.</summary>
internal sealed class SideWork(int max)
{
    private readonly Lock _gate = new();
    private readonly List<Task> _running = [];

    /// <summary>Starts the work, which must not fail; false when there is too much of it already.</summary>
    public bool TryStart(Func<Task> work)
    {
        lock (_gate)
        {
            _running.RemoveAll(task => task.IsCompleted);
            if (_running.Count >= max)
                return false;
            _running.Add(Task.Run(work));
            return true;
        }
    }

    /// <summary>Waits for all that runs, but not longer than patience.</summary>
    public async Task DrainAsync(TimeSpan patience, TimeProvider time)
    {
        Task[] running;
        lock (_gate)
            running = [.. _running];
        try
        {
            await Task.WhenAll(running).WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // A handler that does not heed its token must not keep the process.
        }
    }
}
