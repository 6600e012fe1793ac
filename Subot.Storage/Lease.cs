namespace Subot.Storage;

/// <summary>The right to do what only one process may do at a time. It runs out by itself, also while its holder sleeps.</summary>
public sealed class Lease(TimeProvider time, long since, TimeSpan length)
{
    /// <summary>One that never runs out: nobody else can be there.</summary>
    public static Lease Endless { get; } = new(TimeProvider.System, 0, TimeSpan.MaxValue);

    /// <summary>Whether it is still held.</summary>
    public bool IsHeld => time.GetElapsedTime(since) < length;

    /// <summary>How long it is still held; infinite if it never runs out.</summary>
    public TimeSpan Left => length == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : IsHeld ? length - time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Whether it is time to renew it.</summary>
    public bool IsAging => time.GetElapsedTime(since) > length / 3;
}
