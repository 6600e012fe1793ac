using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Subot.Tests.Slack;

/// <summary>A clock that stands still until moved, and tells what waits for it: so that no test needs to.</summary>
internal sealed class RecordingTime() : FakeTimeProvider(new DateTimeOffset(2025, 11, 23, 8, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();
    private TimeSpan _behind;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - _behind;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Sets the wall clock back, as somebody or a time server does; time itself goes on.</summary>
    public void SetClockBack(TimeSpan by) => _behind += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next wait that began and is as long as asked.</summary>
    public async Task<TimeSpan> NextWaitAsync(Func<TimeSpan, bool> isMeant, CancellationToken ct)
    {
        while (true)
        {
            var wait = await _waits.Reader.ReadAsync(ct);
            if (isMeant(wait))
                return wait;
        }
    }

    /// <summary>The next wait of random length between the bounds.</summary>
    public Task<TimeSpan> NextBackoffAsync(double minSeconds, double maxSeconds, CancellationToken ct) =>
        NextWaitAsync(due => due.TotalSeconds >= minSeconds && due.TotalSeconds <= maxSeconds, ct);

    /// <summary>Lets the next wait of random length between the bounds pass.</summary>
    public async Task PassBackoffAsync(double minSeconds, double maxSeconds, CancellationToken ct) =>
        Advance(await NextBackoffAsync(minSeconds, maxSeconds, ct));

    /// <summary>Lets the next wait of that length pass.</summary>
    public async Task PassAsync(double seconds, CancellationToken ct) =>
        Advance(await NextWaitAsync(due => due == TimeSpan.FromSeconds(seconds), ct));
}
