using System.Threading.Channels;

namespace Subot.Bot.Apply;

/// <summary>
/// The bounded queue before the apply loop. The socket's reader never waits for it: what finds it full is refused, stays
/// unacknowledged, and comes again or is found in history. Everybody else waits.
/// </summary>
internal sealed class ApplyQueue : IDisposable
{
    private const int Capacity = 8192;

    private readonly Channel<QueueItem> _channel = Channel.CreateBounded<QueueItem>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ManualResetEventSlim _arrived = new();
    private long _refused;

    /// <summary>Events that found the queue full since the start.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How much waits.</summary>
    public int Length => _channel.Reader.Count;

    /// <summary>Takes an event, if there is room.</summary>
    public bool TryAdd(QueueItem item)
    {
        if (!_channel.Writer.TryWrite(item))
        {
            Interlocked.Increment(ref _refused);
            return false;
        }

        _arrived.Set();
        return true;
    }

    /// <summary>Takes arrivals when there is room, and returns when they are stored.</summary>
    public async Task AddAndWaitAsync(IReadOnlyList<Arrival> arrivals, CancellationToken ct)
    {
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _channel.Writer.WriteAsync(new QueueItem(arrivals) { Stored = stored }, ct);
        _arrived.Set();
        await stored.Task.WaitAsync(ct);
    }

    /// <summary>Takes nothing more; the reader ends when it has read what is in.</summary>
    public void Complete()
    {
        _channel.Writer.TryComplete();
        _arrived.Set();
    }

    /// <summary>Blocks until there is something; false when there never will be.</summary>
    public bool Wait(CancellationToken ct)
    {
        while (!_channel.Reader.TryPeek(out _))
        {
            if (_channel.Reader.Completion.IsCompleted)
                return false;
            _arrived.Wait(ct);
            _arrived.Reset();
        }

        return true;
    }

    /// <summary>Takes what waits, until a batch has about this many arrivals.</summary>
    public void Drain(List<QueueItem> into, int most)
    {
        var count = 0;
        while (count < most && _channel.Reader.TryRead(out var item))
        {
            into.Add(item);
            count += item.Arrivals.Count;
        }
    }

    public void Dispose() => _arrived.Dispose();
}
