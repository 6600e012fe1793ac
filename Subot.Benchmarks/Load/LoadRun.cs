using System.Diagnostics;

namespace Subot.Benchmarks.Load;

/// <summary>How a load went.</summary>
/// <param name="Events">Events sent and acknowledged.</param>
/// <param name="Elapsed">From the first send to the last acknowledgement.</param>
/// <param name="MedianAck">From the send of an event to its acknowledgement.</param>
/// <param name="SlowAck">Of 100 events, 99 were acknowledged at least that fast.</param>
/// <param name="AcksTogether">Acknowledgements that came at once, on average: what the peer works off at a time.</param>
internal sealed record LoadResult(int Events, TimeSpan Elapsed, TimeSpan MedianAck, TimeSpan SlowAck, double AcksTogether)
{
    /// <summary>What the peer took of the processors.</summary>
    public TimeSpan ProcessorTime { get; init; }

    public double ProcessorMicrosecondsPerEvent => ProcessorTime.TotalMicroseconds / Events;

    public double PerSecond => Events / Elapsed.TotalSeconds;

    public override string ToString() =>
        $"{PerSecond:#,##0}/s ({AcksTogether:0} acknowledgements together, {ProcessorMicrosecondsPerEvent:0} µs of processor time an event)";
}

/// <summary>
/// One load on one connection: keeps at most <paramref name="window"/> events unacknowledged and sees that each is acknowledged exactly
/// once. Used by one thread at a time.
/// </summary>
internal sealed class LoadRun(IEventSource source, long firstNumber, int count, int window)
{
    private readonly long[] _sentAt = new long[count];
    private readonly int[] _ackMicros = new int[count];
    private readonly TaskCompletionSource<LoadResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _started;
    private int _sent;
    private int _acked;
    private int _bursts;

    public Task<LoadResult> Completion => _completion.Task;

    /// <summary>Ends the run because the connection did.</summary>
    public void Fail(string reason) => _completion.TrySetException(
        new LoadException($"{reason} {_acked} of {count} events were acknowledged, {_sent} were sent."));

    /// <summary>
    /// Writes the frames that may be sent now. A few acknowledgements are awaited before more is sent, unless none is outstanding:
    /// single sends would cost the peer and us more than the events.
    /// </summary>
    public int Fill(Span<byte> buffer, long nowMicros)
    {
        var free = Math.Min(window - (_sent - _acked), count - _sent);
        if (free < Math.Max(1, window / 4) && _sent > _acked)
            return 0;

        var now = Stopwatch.GetTimestamp();
        if (_sent == 0)
            _started = now;
        var length = 0;
        for (; free > 0; free--, _sent++)
        {
            length += source.Write(buffer[length..], firstNumber + _sent, nowMicros);
            _sentAt[_sent] = now;
        }

        return length;
    }

    /// <summary>Acknowledgements came in one piece.</summary>
    public void Burst(ReadOnlySpan<long> numbers)
    {
        var now = Stopwatch.GetTimestamp();
        _bursts++;
        foreach (var number in numbers)
        {
            var index = number - firstNumber;
            if (index < 0 || index >= _sent || _ackMicros[index] != 0)
            {
                Fail($"Event {number} was acknowledged twice, or never sent.");
                return;
            }

            _ackMicros[index] = 1 + (int)Stopwatch.GetElapsedTime(_sentAt[index], now).TotalMicroseconds;
            _acked++;
        }

        if (_acked == count)
            Complete(Stopwatch.GetElapsedTime(_started, now));
    }

    private void Complete(TimeSpan elapsed)
    {
        Array.Sort(_ackMicros);
        _completion.TrySetResult(new LoadResult(
            count,
            elapsed,
            TimeSpan.FromMicroseconds(_ackMicros[count / 2]),
            TimeSpan.FromMicroseconds(_ackMicros[(int)(count * 0.99)]),
            (double)count / _bursts));
    }
}

/// <summary>A peer did not do what a client of Slack must.</summary>
internal sealed class LoadException(string message) : Exception(message);
