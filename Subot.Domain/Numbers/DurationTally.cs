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
    private const int Fewest = 512;

    // Products of fractions are not exact.
    private const double Half = 0.5 + 1e-12;

    // As many as the longest so far needs: a question has dozens of tallies, some of nothing, and few of what takes weeks.
    private int[] _ended = [];
    private int[] _censored = [];
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
        if (seconds.Length + zeros == 0)
            return;
        _counts[(int)kind] += seconds.Length + zeros;
        var buckets = BucketsOf(kind, Bucket.IndexOf(Longest(seconds)));
        buckets[0] += zeros;
        var sum = CountInto(buckets, seconds);
        _sum += kind == MeasureKind.Done ? sum : 0;
    }

    /// <summary>Adds durations of one bucket, which somebody else has counted.</summary>
    public void AddBucket(MeasureKind kind, int bucket, int threads)
    {
        _counts[(int)kind] += threads;
        BucketsOf(kind, bucket)[bucket] += threads;
    }

    /// <summary>Adds the seconds of those that ended, which somebody else has added up.</summary>
    public void AddSeconds(long sum) => _sum += sum;

    /// <summary>Adds what another tally counted.</summary>
    public void Add(DurationTally other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        _sum += other._sum;
        if (other._ended.Length > 0)
            AddAll(BucketsOf(MeasureKind.Done, other._ended.Length - 1), other._ended);
        if (other._censored.Length > 0)
            AddAll(BucketsOf(MeasureKind.AtLeast, other._censored.Length - 1), other._censored);
    }

    /// <summary>The numbers so far, in one walk over the buckets: each of them is looked at once, for a question has dozens of tallies.</summary>
    /// <param name="withMedian">
    /// Whether the Kaplan-Meier median makes sense: not under a filter on how threads ended. At risk at t are all with bucket >= t; S falls by
    /// 1 - d/n at each bucket in which d end; the median is the first such bucket with S &lt;= 0.5.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public DurationNumbers Numbers(bool withMedian)
    {
        var (ended, censored) = (_ended, _censored);
        var classes = new long[DurationClasses.Count];
        var (median, survival, atRisk) = ((uint?)null, 1.0, N + Waiting + Closed);
        Span<long> ranks = [Rank(50), Rank(90), Rank(95)];
        Span<uint> quantiles = [0, 0, 0];
        long count = 0;
        for (var i = 0; i < ended.Length && count < N; i++)
        {
            var n = ended[i];
            if (n > 0)
            {
                classes[DurationClasses.Of(i)] += n;
                if (survival > Half)
                {
                    survival *= 1 - ((double)n / atRisk);
                    median = survival <= Half ? Bucket.Seconds(i) : null;
                }

                count += n;
                for (var q = 0; q < ranks.Length; q++)
                {
                    // Reached here, and not before.
                    if (count >= ranks[q] && count - n < ranks[q])
                        quantiles[q] = Bucket.Seconds(i);
                }
            }

            atRisk -= n + (i < censored.Length ? censored[i] : 0);
        }

        return new DurationNumbers(
            N,
            Waiting,
            Closed,
            _sum,
            N == 0 ? null : (double)_sum / N,
            withMedian ? median : null,
            N == 0 ? null : quantiles[0],
            N == 0 ? null : quantiles[1],
            N == 0 ? null : quantiles[2],
            ended.Length == 0 ? 0 : ended[0])
        {
            Classes = [.. classes],
        };
    }

    /// <summary>Nearest rank: a quantile is the smallest bucket whose cumulative count reaches ceil(percent / 100 · n).</summary>
    private long Rank(int percent) => ((N * percent) + 99) / 100;

    /// <summary>The buckets of a kind, of which there are enough for one.</summary>
    private int[] BucketsOf(MeasureKind kind, int bucket)
    {
        ref var buckets = ref kind == MeasureKind.Done ? ref _ended : ref _censored;
        if (bucket >= buckets.Length)
            Array.Resize(ref buckets, Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)bucket + 1), Fewest, Bucket.Count));
        return buckets;
    }

    /// <summary>The longest of some durations. Optimised at once, as what counts them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Longest(ReadOnlySpan<uint> seconds)
    {
        var most = Vector<uint>.Zero;
        var i = 0;
        for (; i <= seconds.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            most = Vector.Max(most, new Vector<uint>(seconds[i..]));
        uint longest = 0;
        for (var part = 0; part < Vector<uint>.Count; part++)
            longest = Math.Max(longest, most[part]);
        for (; i < seconds.Length; i++)
            longest = Math.Max(longest, seconds[i]);
        return longest;
    }

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
}
