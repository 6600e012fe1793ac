using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    // Products of fractions are not exact.
    private const double Half = 0.5 + 1e-12;

    // All buckets, empty between two walks: each thread has its own.
    [ThreadStatic]
    private static int[]? s_ended;
    [ThreadStatic]
    private static int[]? s_censored;

    private readonly BucketCounts _ended = new();
    private readonly BucketCounts _censored = new();
    private readonly long[] _counts = new long[4];
    private long _sum;

    /// <summary>Adds a duration of each of some threads, all of one kind.</summary>
    /// <param name="seconds">How long they took, or how old they are while they run.</param>
    /// <param name="zeros">How many more there are, of 0 seconds.</param>
    public void Add(MeasureKind kind, ReadOnlySpan<uint> seconds, int zeros = 0)
    {
        if (seconds.Length + zeros == 0)
            return;
        _counts[(int)kind] += seconds.Length + zeros;
        var sum = BucketsOf(kind).Add(seconds, zeros);
        _sum += kind == MeasureKind.Done ? sum : 0;
    }

    /// <summary>Adds durations of one bucket, which somebody else has counted.</summary>
    public void AddBucket(MeasureKind kind, int bucket, int threads)
    {
        _counts[(int)kind] += threads;
        BucketsOf(kind).Add(bucket, threads);
    }

    /// <summary>Adds the seconds of those that ended, which somebody else has added up.</summary>
    public void AddSeconds(long sum) => _sum += sum;

    /// <summary>Adds what another tally counted.</summary>
    public void Add(DurationTally other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        _sum += other._sum;
        _ended.Add(other._ended);
        _censored.Add(other._censored);
    }

    /// <summary>The numbers so far, also together with those of another tally, in one walk over the buckets.</summary>
    /// <param name="withMedian">
    /// Whether the Kaplan-Meier median makes sense: not under a filter on how threads ended. At risk at t are all with bucket >= t; S falls
    /// by 1 - d/n at each bucket in which d end; the median is the first such bucket with S &lt;= 0.5.
    /// </param>
    public DurationNumbers Numbers(bool withMedian, DurationTally? other = null)
    {
        var (ended, censored) = (s_ended ??= new int[Bucket.Count], s_censored ??= new int[Bucket.Count]);
        var end = Math.Max(_ended.AddTo(ended), other?._ended.AddTo(ended) ?? 0);
        var censoredEnd = Math.Max(_censored.AddTo(censored), other?._censored.AddTo(censored) ?? 0);
        try
        {
            var numbers = Walk(ended, censored, end, new DurationNumbers(
                Count(MeasureKind.Done), Count(MeasureKind.Waiting), Count(MeasureKind.AtLeast), _sum + (other?._sum ?? 0), null, null, null, null, null, ended[0]));
            return withMedian ? numbers : numbers with { Median = null };
        }
        finally
        {
            ended.AsSpan(0, end).Clear();
            censored.AsSpan(0, censoredEnd).Clear();
        }

        long Count(MeasureKind kind) => _counts[(int)kind] + (other?._counts[(int)kind] ?? 0);
    }

    /// <summary>
    /// Counts whose mean, median, quantiles and classes are told too. Most buckets are empty: they are passed by several at a time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DurationNumbers Walk(int[] ended, int[] censored, int end, DurationNumbers counted)
    {
        var n = counted.N;
        var classes = new long[DurationClasses.Count];
        if (n == 0)
            return counted with { Classes = [.. classes] };
        var (median, survival, atRisk) = ((uint?)null, 1.0, n + counted.Waiting + counted.Closed);
        Span<long> ranks = [Rank(50, n), Rank(90, n), Rank(95, n)];
        Span<uint> quantiles = [0, 0, 0];
        var (count, reached) = (0L, 0);
        for (var first = 0; first < end && count < n; first += Vector256<int>.Count)
        {
            var gone = Vector256.Create(censored.AsSpan(first));
            for (var some = ~Vector256.Equals(Vector256.Create(ended.AsSpan(first)), Vector256<int>.Zero).ExtractMostSignificantBits() & 0xFF; some != 0; some &= some - 1)
            {
                var i = first + BitOperations.TrailingZeroCount(some);
                var here = ended[i];
                classes[DurationClasses.Of(i)] += here;
                if (survival > Half)
                {
                    survival *= 1 - (here / (double)(atRisk - (gone == Vector256<int>.Zero ? 0 : Sum(censored.AsSpan(first, i - first)))));
                    median = survival <= Half ? Bucket.Seconds(i) : null;
                }

                atRisk -= here;
                count += here;
                while (reached < ranks.Length && count >= ranks[reached])
                    quantiles[reached++] = Bucket.Seconds(i);
            }

            atRisk -= Vector256.Sum(gone);
        }

        return counted with
        {
            MeanSeconds = (double)counted.SumSeconds / n,
            Median = median,
            MedianAnswered = quantiles[0],
            P90Answered = quantiles[1],
            P95Answered = quantiles[2],
            Classes = [.. classes],
        };
    }

    private static int Sum(ReadOnlySpan<int> counts)
    {
        var sum = 0;
        foreach (var count in counts)
            sum += count;
        return sum;
    }

    /// <summary>Nearest rank: a quantile is the smallest bucket whose cumulative count reaches ceil(percent / 100 · n).</summary>
    private static long Rank(int percent, long n) => ((n * percent) + 99) / 100;

    private BucketCounts BucketsOf(MeasureKind kind) => kind == MeasureKind.Done ? _ended : _censored;
}
