using System.Numerics;
using System.Runtime.CompilerServices;
using Subot.Domain.Values;

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
    long Zeros)
{
    /// <summary>How many of those that ended lie in each of <see cref="DurationClasses"/>.</summary>
    public ValueList<long> Classes { get; init; } = [];
}

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

    /// <summary>Adds a duration of each of some threads, all of one kind.</summary>
    /// <param name="seconds">How long they took, or how old they are while they run.</param>
    /// <param name="zeros">How many more there are, of 0 seconds.</param>
    public void Add(MeasureKind kind, ReadOnlySpan<uint> seconds, int zeros = 0)
    {
        _counts[(int)kind] += seconds.Length + zeros;
        var buckets = kind == MeasureKind.Done ? _ended : _censored;
        buckets[0] += zeros;
        var sum = CountInto(buckets, seconds);
        _sum += kind == MeasureKind.Done ? sum : 0;
    }

    /// <summary>Adds durations of one bucket, which somebody else has counted.</summary>
    public void AddBucket(MeasureKind kind, int bucket, int threads)
    {
        _counts[(int)kind] += threads;
        (kind == MeasureKind.Done ? _ended : _censored)[bucket] += threads;
    }

    /// <summary>Adds the seconds of those that ended, which somebody else has added up.</summary>
    public void AddSeconds(long sum) => _sum += sum;

    /// <summary>Adds what another tally counted.</summary>
    public void Add(DurationTally other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        _sum += other._sum;
        AddAll(_ended, other._ended);
        AddAll(_censored, other._censored);
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
        _ended[0])
    {
        Classes = Classes(),
    };

    /// <summary>
    /// Counts each into its bucket and returns their sum. Optimised at once: the first question of a process counts millions.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long CountInto(int[] buckets, ReadOnlySpan<uint> seconds)
    {
        Span<uint> indexes = stackalloc uint[Vector<uint>.Count];
        var sums = Vector<ulong>.Zero;
        var i = 0;
        for (; i <= seconds.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var several = new Vector<uint>(seconds[i..]);
            if (Vector.GreaterThanAny(several, new Vector<uint>((1 << 24) - 1)))
                break;
            Bucket.IndexesOf(several).CopyTo(indexes);
            foreach (var index in indexes)
                buckets[index]++;
            Vector.Widen(several, out var low, out var high);
            sums += low + high;
        }

        // The rest, and from a duration of half a year on.
        var sum = (long)Vector.Sum(sums);
        for (; i < seconds.Length; i++)
        {
            buckets[Bucket.IndexOf(seconds[i])]++;
            sum += seconds[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAll(int[] sums, int[] others)
    {
        for (var i = 0; i < sums.Length && i < others.Length; i++)
            sums[i] += others[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ValueList<long> Classes()
    {
        var classes = new long[DurationClasses.Count];
        for (var i = 0; i < Bucket.Count && N > 0; i++)
        {
            if (_ended[i] > 0)
                classes[DurationClasses.Of(i)] += _ended[i];
        }

        return [.. classes];
    }

    /// <summary>Nearest rank: the smallest bucket whose cumulative count reaches ceil(percent / 100 · n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
