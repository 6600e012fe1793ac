using System.Runtime.CompilerServices;
using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// Which threads of a pack count. Loops without branches, optimised at once: a choice is as good as random, and a wrong guess costs more
/// than all of it.
/// </summary>
internal sealed class Selection
{
    private byte[] _mask = [];
    private ushort[] _chosen = [];
    private int _threads;
    private int _first;
    private int _end;

    /// <summary>Room for the numbers by which threads are chosen.</summary>
    public ColumnBuffer<int> Numbers { get; } = new();

    /// <summary>1 for each thread that counts, 0 for the others.</summary>
    public Span<byte> Mask => _mask.AsSpan(0, _threads);

    /// <summary>Whether any counts.</summary>
    public bool Any => Mask.Contains((byte)1);

    /// <summary>Begins anew, with all threads of a pack.</summary>
    public void Begin(int threads)
    {
        if (_mask.Length < threads)
            (_mask, _chosen) = (new byte[threads], new ushort[threads + 1]);
        _threads = threads;
        Within(0, threads);
        Mask.Fill(1);
    }

    /// <summary>Chooses from now on among some of the threads, which follow one another.</summary>
    public void Within(int first, int end) => (_first, _end) = (first, end);

    /// <summary>Keeps those whose number has a 1 in the table; numbers that the table does not have are left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Keep(ReadOnlySpan<int> numbers, ReadOnlySpan<byte> table)
    {
        var mask = Mask;
        for (var i = 0; i < mask.Length && i < numbers.Length; i++)
            mask[i] &= (uint)numbers[i] < (uint)table.Length ? table[numbers[i]] : (byte)0;
    }

    /// <summary>Keeps those whose kind and status have a 1 in the table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Keep(ReadOnlySpan<ushort> traits, ReadOnlySpan<byte> table)
    {
        var mask = Mask;
        for (var i = 0; i < mask.Length && i < traits.Length; i++)
            mask[i] &= table[traits[i] & (Traits.StandingCount - 1)];
    }

    /// <summary>The numbers of the threads that count; valid until the next choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<ushort> Choose()
    {
        var (mask, chosen, n) = (_mask, _chosen, 0);
        for (var i = _first; i < _end; i++)
        {
            chosen[n] = (ushort)i;
            n += mask[i];
        }

        return chosen.AsSpan(0, n);
    }

    /// <summary>The places of those of some threads that count; valid until the next choice.</summary>
    /// <param name="rows">Numbers of threads, ascending.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<ushort> Choose(ReadOnlySpan<ushort> rows)
    {
        var (mask, chosen, n) = (_mask, _chosen, 0);
        var end = PlaceOf(_end, rows);
        for (var i = PlaceOf(_first, rows); i < end; i++)
        {
            chosen[n] = (ushort)i;
            n += mask[rows[i]];
        }

        return chosen.AsSpan(0, n);
    }

    /// <summary>The place of the first of some rows that is not before another.</summary>
    private int PlaceOf(int row, ReadOnlySpan<ushort> rows)
    {
        if (row == 0 || row == _threads)
            return row == 0 ? 0 : rows.Length;
        var place = rows.BinarySearch((ushort)row);
        return place < 0 ? ~place : place;
    }
}
