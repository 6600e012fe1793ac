using System.Numerics;
using System.Runtime.CompilerServices;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>Room for the chosen values of a column, or for short ones as long ones.</summary>
internal sealed class ColumnBuffer<T>
    where T : unmanaged
{
    private T[] _values = [];

    /// <summary>The values at some places of a column; valid until the next are taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<T> Take(ReadOnlySpan<T> column, ReadOnlySpan<ushort> places)
    {
        var into = Room(places.Length);
        for (var i = 0; i < into.Length; i++)
            into[i] = column[places[i]];
        return into;
    }

    /// <summary>Room for values to be written.</summary>
    public Span<T> Room(int length)
    {
        if (_values.Length < length)
            _values = new T[Math.Max(length, 2048)];
        return _values.AsSpan(0, length);
    }
}

/// <summary>Short values as long ones.</summary>
internal static class ShortColumns
{
    /// <summary>All values of a column; valid until the next are taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<uint> Take(this ColumnBuffer<uint> buffer, ReadOnlySpan<ushort> column)
    {
        var into = buffer.Room(column.Length);
        var i = 0;
        for (; i <= column.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(column[i..]), out var low, out var high);
            low.CopyTo(into[i..]);
            high.CopyTo(into[(i + Vector<uint>.Count)..]);
        }

        for (; i < column.Length; i++)
            into[i] = column[i];
        return into;
    }

    /// <summary>The values at some places of a column; valid until the next are taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<uint> Take(this ColumnBuffer<uint> buffer, ReadOnlySpan<ushort> column, ReadOnlySpan<ushort> places)
    {
        var into = buffer.Room(places.Length);
        for (var i = 0; i < into.Length; i++)
            into[i] = column[places[i]];
        return into;
    }
}
