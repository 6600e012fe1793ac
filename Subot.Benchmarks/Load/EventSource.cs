namespace Subot.Benchmarks.Load;

/// <summary>Where the events of a load come from.</summary>
internal interface IEventSource
{
    /// <summary>Writes the frame of the next event and returns its length.</summary>
    /// <param name="number">Tells the event from all others of the connection.</param>
    /// <param name="now">Microseconds since 1970.</param>
    int Write(Span<byte> to, long number, long now);
}

/// <summary>
/// A support channel's day: 40 % requests, 40 % replies to recent threads (half of them by the team), 20 % reactions to recent roots
/// (some of them solving). The choices are the same in every run; the times are those of the run.
/// </summary>
internal sealed class SupportTraffic : IEventSource
{
    private const int RecentThreads = 1024;

    private static readonly byte[][] s_channels = Workspace.Bytes(Workspace.Channels);
    private static readonly byte[][] s_team = Workspace.Bytes(Workspace.Team);
    private static readonly byte[][] s_askers = Workspace.Bytes(Workspace.Askers);

    private readonly Random _random = new(7);
    private readonly TsClock _clock = new();
    private readonly LoadThread[] _recent = new LoadThread[RecentThreads];
    private long _requests;

    public int Write(Span<byte> to, long number, long now)
    {
        var ts = _clock.Next(now);
        var dice = _requests == 0 ? 0 : _random.Next(100);
        if (dice < 40)
            return WriteRequest(to, number, ts);

        var (channel, requester, thread) = _recent[_random.NextInt64(Math.Min(_requests, RecentThreads))];
        var byTeam = _random.Next(2) == 0;
        var frames = dice < 80 ? EventFrames.Replies : EventFrames.Reactions;
        return frames[_random.Next(frames.Count)].Write(to, new EventValues
        {
            Number = number,
            Ts = ts,
            Channel = channel,
            User = byTeam ? Any(s_team) : requester,
            Thread = thread,
        });
    }

    private int WriteRequest(Span<byte> to, long number, long ts)
    {
        var (channel, requester) = (Any(s_channels), Any(s_askers));
        _recent[_requests++ % RecentThreads] = new LoadThread(channel, requester, ts);
        return EventFrames.Requests[_random.Next(EventFrames.Requests.Count)]
            .Write(to, new EventValues { Number = number, Ts = ts, Channel = channel, User = requester });
    }

    private byte[] Any(byte[][] ids) => ids[_random.Next(ids.Length)];
}
