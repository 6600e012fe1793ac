namespace Subot.Benchmarks.Load;

/// <summary>A thread that was made.</summary>
internal readonly record struct LoadThread(byte[] Channel, byte[] Requester, long Root);

/// <summary>Gives each event a ts of its own, none older than the one before.</summary>
internal sealed class TsClock
{
    private long _last;

    public long Next(long now) => _last = Math.Max(_last + 1, now);
}

/// <summary>Opens threads and remembers them.</summary>
internal sealed class NewThreads(TsClock clock) : IEventSource
{
    private static readonly byte[][] s_channels = Workspace.Bytes(Workspace.Channels);
    private static readonly byte[][] s_askers = Workspace.Bytes(Workspace.Askers);

    private readonly List<LoadThread> _threads = [];

    /// <summary>The threads so far.</summary>
    public IReadOnlyList<LoadThread> Threads => _threads;

    public int Write(Span<byte> to, long number, long now)
    {
        var count = _threads.Count;
        var thread = new LoadThread(s_channels[count % s_channels.Length], s_askers[count % s_askers.Length], clock.Next(now));
        _threads.Add(thread);
        return EventFrames.Requests[0].Write(to, new EventValues { Number = number, Ts = thread.Root, Channel = thread.Channel, User = thread.Requester });
    }
}

/// <summary>Events on threads that exist, one thread after the other, and again from the first.</summary>
/// <param name="frames">The kinds of events, in turn.</param>
internal sealed class ThreadTour(TsClock clock, IReadOnlyList<LoadThread> threads, params IReadOnlyList<EventFrame> frames) : IEventSource
{
    private int _written;

    public int Write(Span<byte> to, long number, long now)
    {
        var thread = threads[_written % threads.Count];
        var frame = frames[_written++ % frames.Count];
        return frame.Write(to, new EventValues { Number = number, Ts = clock.Next(now), Channel = thread.Channel, User = thread.Requester, Thread = thread.Root });
    }
}
