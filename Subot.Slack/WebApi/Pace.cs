using System.Collections.Concurrent;

namespace Subot.Slack;

/// <summary>
/// When the next call of a kind may be made: each kind (a method, or posts into one channel) on its own, so that one
/// that must wait never stops another. Measured from the start: the clock may be set while calls wait.
/// </summary>
internal sealed class Pace(TimeProvider time)
{
    private const int ManyKinds = 1024;
    private readonly ConcurrentDictionary<string, Kind> _kinds = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Waits for the kind's turn, and takes it.</summary>
    public async Task WaitAsync(string kind, TimeSpan interval, CancellationToken ct)
    {
        var now = Now;
        var wait = Find(kind).Take(now, interval) - now;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, ct);
    }

    /// <summary>Lets no call of the kind begin for so long.</summary>
    public void Hold(string kind, TimeSpan duration) => Find(kind).Hold(Now + duration);

    private TimeSpan Now => time.GetElapsedTime(_start);

    private Kind Find(string kind)
    {
        if (_kinds.Count > ManyKinds)
            ForgetIdle();
        return _kinds.GetOrAdd(kind, _ => new Kind());
    }

    private void ForgetIdle()
    {
        var now = Now;
        foreach (var (name, kind) in _kinds)
        {
            if (kind.IsIdle(now))
                _kinds.TryRemove(name, out _);
        }
    }

    private sealed class Kind
    {
        private readonly Lock _gate = new();
        private TimeSpan _next;

        public TimeSpan Take(TimeSpan now, TimeSpan interval)
        {
            lock (_gate)
            {
                var turn = _next > now ? _next : now;
                _next = turn + interval;
                return turn;
            }
        }

        public void Hold(TimeSpan until)
        {
            lock (_gate)
                _next = until > _next ? until : _next;
        }

        public bool IsIdle(TimeSpan now)
        {
            lock (_gate)
                return _next <= now;
        }
    }
}
