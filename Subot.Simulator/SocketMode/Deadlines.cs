namespace Subot.Simulator.SocketMode;

/// <summary>Calls back with each item when its time has come. One timer serves all of them.</summary>
internal sealed class Deadlines<T> : IDisposable
{
    private readonly TimeProvider time;
    private readonly Action<T> due;
    private readonly PriorityQueue<T, long> waiting = new();
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private long nextAt = long.MaxValue;

    public Deadlines(TimeProvider time, Action<T> due)
    {
        this.time = time;
        this.due = due;
        timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(T item, TimeSpan after)
    {
        lock (gate)
        {
            var at = time.GetTimestamp() + (long)(after.TotalSeconds * time.TimestampFrequency);
            waiting.Enqueue(item, at);
            if (at < nextAt)
                SetTimer(at);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Ring()
    {
        List<T> ripe = [];
        lock (gate)
        {
            var now = time.GetTimestamp();
            while (waiting.TryPeek(out _, out var at) && at <= now)
                ripe.Add(waiting.Dequeue());
            SetTimer(waiting.TryPeek(out _, out var next) ? next : long.MaxValue);
        }
        foreach (var item in ripe)
            due(item);
    }

    private void SetTimer(long at)
    {
        nextAt = at;
        if (at == long.MaxValue)
            return;
        var wait = time.GetElapsedTime(time.GetTimestamp(), at);
        timer.Change(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
