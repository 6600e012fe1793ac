using System.Numerics;
using System.Runtime.CompilerServices;

namespace Subot.Domain.Numbers;

/// <summary>
/// Buckets of whole seconds: bucket(s) keeps the 9 leading bits of s and clears the rest. Exact below 512 s, under 0.4 % off above.
/// </summary>
public static class Bucket
{
    /// <summary>How many buckets there are for 32-bit seconds.</summary>
    public const int Count = 512 + (23 * 256);

    /// <summary>The number of the bucket of s, growing with s; below <see cref="Count"/> for every s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(uint seconds)
    {
        // Shifted so far that 9 bits are left: not at all below 512. Without a branch, for it is done ten times per thread.
        var shift = 23 - BitOperations.LeadingZeroCount(seconds | 256);
        return (shift << 8) + (int)(seconds >> shift);
    }

    /// <summary>The numbers of the buckets of several seconds, each below 2^24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> IndexesOf(Vector<uint> seconds)
    {
        // As floating point a number is its highest bit's place and the bits that follow: all that there is to know, 15 places too far
        // left.
        var single = Vector.AsVectorUInt32(Vector.ConvertToSingle(Vector.AsVectorInt32(seconds)));
        var rounded = (single >>> 15) - new Vector<uint>(134 << 8);
        return Vector.ConditionalSelect(Vector.LessThan(seconds, new Vector<uint>(256)), seconds, rounded);
    }

    /// <summary>bucket(s) of every s in the bucket with this number: its smallest s.</summary>
    public static uint Seconds(int index) =>
        index < 512 ? (uint)index : (uint)(((index - 512) % 256) + 256) << (((index - 512) / 256) + 1);
}
