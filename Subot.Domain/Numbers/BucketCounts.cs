using System.Numerics;
using System.Runtime.CompilerServices;

namespace Subot.Domain.Numbers;

/// <summary>
/// How many durations fell into each <see cref="Bucket"/>. While they are few they are kept one by one: a question by days or by persons
/// has thousands of these, and as many empty buckets in each would be most of its work.
/// </summary>
internal sealed class BucketCounts
{
    private const int Few = 1024;
    private const int Fewest = 512;

    private ushort[] _singles = [];
    private int _singleCount;
    private int _zeros;

    // Once they are many: as many as the longest so far needs.
    private int[] _counts = [];

    private bool AreFew => _counts.Length == 0;

    private ReadOnlySpan<ushort> Singles => _singles.AsSpan(0, _singleCount);

    /// <summary>Adds durations; their sum.</summary>
    /// <param name="zeros">How many more there are, of 0 seconds.</param>
    public long Add(ReadOnlySpan<uint> seconds, int zeros)
    {
        _zeros += zeros;
        if (AreFew && _singleCount + seconds.Length <= Few)
            return PutInto(Room(seconds.Length), seconds);
        Spread(Bucket.IndexOf(Longest(seconds)));
        return CountInto(_counts, seconds);
    }

    /// <summary>Adds durations of one bucket.</summary>
    public void Add(int bucket, int count)
    {
        Spread(bucket);
        _counts[bucket] += count;
    }

    /// <summary>Adds those of another.</summary>
    public void Add(BucketCounts other)
    {
        _zeros += other._zeros;
        if (AreFew && other.AreFew && _singleCount + other._singleCount <= Few)
        {
            other.Singles.CopyTo(Room(other._singleCount));
            return;
        }

        Spread(other.End - 1);
        foreach (var bucket in other.Singles)
            _counts[bucket]++;
        AddAll(_counts, other._counts);
    }

    /// <summary>Adds how many are in each bucket to counts of all buckets; where those end that have any.</summary>
    public int AddTo(Span<int> counts)
    {
        counts[0] += _zeros;
        foreach (var bucket in Singles)
            counts[bucket]++;
        AddAll(counts, _counts);
        return End;
    }

    private int End
    {
        get
        {
            var end = Math.Max(_counts.Length, 1);
            foreach (var bucket in Singles)
                end = Math.Max(end, bucket + 1);
            return end;
        }
    }

    private Span<ushort> Room(int length)
    {
        if (_singleCount + length > _singles.Length)
            Array.Resize(ref _singles, (int)BitOperations.RoundUpToPowerOf2((uint)(_singleCount + length)));
        var room = _singles.AsSpan(_singleCount, length);
        _singleCount += length;
        return room;
    }

    /// <summary>From now on they are counted, in buckets that are enough for one.</summary>
    private void Spread(int bucket)
    {
        var most = AreFew ? Math.Max(bucket, End - 1) : bucket;
        if (most >= _counts.Length)
            Array.Resize(ref _counts, Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)most + 1), Fewest, Bucket.Count));
        foreach (var single in Singles)
            _counts[single]++;
        _singleCount = 0;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long PutInto(Span<ushort> buckets, ReadOnlySpan<uint> seconds)
    {
        long sum = 0;
        for (var i = 0; i < buckets.Length && i < seconds.Length; i++)
        {
            buckets[i] = (ushort)Bucket.IndexOf(seconds[i]);
            sum += seconds[i];
        }

        return sum;
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
    private static void AddAll(Span<int> sums, ReadOnlySpan<int> others)
    {
        var i = 0;
        for (; i <= others.Length - Vector<int>.Count; i += Vector<int>.Count)
            (new Vector<int>(sums[i..]) + new Vector<int>(others[i..])).CopyTo(sums[i..]);
        for (; i < others.Length; i++)
            sums[i] += others[i];
    }
}
