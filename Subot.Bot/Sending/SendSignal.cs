namespace Subot.Bot.Sending;

/// <summary>Wakes the senders when there may be something to send.</summary>
internal sealed class SendSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends the wait of everybody who holds <see cref="Next"/>.</summary>
    public void Wake()
    {
        Interlocked.Exchange(ref _next, New()).TrySetResult();
    }

    /// <summary>Completes at the next wake. Take it before looking for work, so that no wake is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
