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

    /// <summary>The number of the bucket of s, growing with s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(uint seconds)
    {
        if (seconds < 512)
            return (int)seconds;
        var exponent = BitOperations.Log2(seconds);
        return 512 + ((exponent - 9) * 256) + (int)(seconds >> (exponent - 8)) - 256;
    }

    /// <summary>bucket(s) of every s in the bucket with this number: its smallest s.</summary>
    public static uint Seconds(int index) =>
        index < 512 ? (uint)index : (uint)(((index - 512) % 256) + 256) << (((index - 512) / 256) + 1);
}
