using System.Runtime.CompilerServices;

namespace Subot.Domain.Numbers;

/// <summary>A duration over many threads, on one clock. Seconds are whole; a value over nothing is null.</summary>
/// <param name="N">Threads in which it ended.</param>
/// <param name="Waiting">Threads in which it still runs.</param>
/// <param name="Closed">Threads that were closed before it ended.</param>
/// <param name="SumSeconds">Sum of those that ended.</param>
/// <param name="MeanSeconds">Sum / n.</param>
/// <param name="Median">Kaplan-Meier median over ended, closed and waiting; null when over half still wait ("not reached").</param>
/// <param name="MedianAnswered">The median of those that ended alone.</param>
/// <param name="P90Answered">The 90th percentile of those that ended.</param>
/// <param name="P95Answered">The 95th percentile of those that ended.</param>
/// <param name="Zeros">How many of those that ended took no time on this clock.</param>
public sealed record DurationNumbers(
    long N,
    long Waiting,
    long Closed,
    long SumSeconds,
    double? MeanSeconds,
    uint? Median,
    uint? MedianAnswered,
    uint? P90Answered,
    uint? P95Answered,
    long Zeros);

/// <summary>Adds up one duration on one clock: counts, a sum, and how many fell into each bucket. Tallies add up to tallies.</summary>
public sealed class DurationTally
{
    private readonly int[] _ended = new int[Bucket.Count];
    private readonly int[] _censored = new int[Bucket.Count];
    private readonly long[] _counts = new long[4];
    private long _sum;

    private long N => _counts[(int)MeasureKind.Done];

    private long Waiting => _counts[(int)MeasureKind.Waiting];

    private long Closed => _counts[(int)MeasureKind.AtLeast];

    /// <summary>Adds a thread's duration.</summary>
    /// <param name="kind">What is known of it.</param>
    /// <param name="value">Its seconds, or its virtual start while it runs.</param>
    /// <param name="now">The second of this clock at which waiting ones are looked at.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(MeasureKind kind, uint value, long now)
    {
        // Without branches on the kind: it is as good as random, and a wrong guess costs more than all of this.
        var ended = kind == MeasureKind.Done;
        var seconds = kind == MeasureKind.Waiting ? (uint)Math.Clamp(now - value, 0, uint.MaxValue) : value;
        _counts[(int)kind]++;
        _sum += ended ? seconds : 0;
        (ended ? _ended : _censored)[Bucket.IndexOf(seconds)]++;
    }

    /// <summary>Adds what another tally counted.</summary>
    public void Add(DurationTally other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        _sum += other._sum;
        for (var i = 0; i < Bucket.Count; i++)
        {
            _ended[i] += other._ended[i];
            _censored[i] += other._censored[i];
        }
    }

    /// <summary>The numbers so far.</summary>
    /// <param name="withMedian">Whether the Kaplan-Meier median makes sense: not under a filter on how threads ended.</param>
    public DurationNumbers Numbers(bool withMedian) => new(
        N,
        Waiting,
        Closed,
        _sum,
        N == 0 ? null : (double)_sum / N,
        withMedian ? KaplanMeierMedian() : null,
        Quantile(50),
        Quantile(90),
        Quantile(95),
        _ended[0]);

    /// <summary>Nearest rank: the smallest bucket whose cumulative count reaches ceil(percent / 100 · n).</summary>
    private uint? Quantile(int percent)
    {
        var rank = ((N * percent) + 99) / 100;
        long count = 0;
        for (var i = 0; i < Bucket.Count && N > 0; i++)
        {
            count += _ended[i];
            if (count >= rank)
                return Bucket.Seconds(i);
        }

        return null;
    }

    /// <summary>
    /// At risk at t are all with bucket >= t; S falls by 1 - d/n at each bucket in which d end; the median is the first such bucket with
    /// S &lt;= 0.5.
    /// </summary>
    private uint? KaplanMeierMedian()
    {
        var atRisk = N + Waiting + Closed;
        var survival = 1.0;
        for (var i = 0; i < Bucket.Count; i++)
        {
            if (_ended[i] > 0)
            {
                survival *= 1 - ((double)_ended[i] / atRisk);
                if (survival <= 0.5 + 1e-12)
                    return Bucket.Seconds(i);
            }

            atRisk -= _ended[i] + _censored[i];
        }

        return null;
    }
}
