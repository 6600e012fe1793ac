namespace Subot.Storage.Sqlite.Packs;

/// <summary>What counts of a pack: the threads with a root in [from, to), but for those that are loose.</summary>
/// <param name="End">The first root of the next pack: all of this one's are before it.</param>
/// <param name="Loose">Roots whose newer contributions are elsewhere.</param>
internal sealed record PackPart(Pack Pack, long End, long From, long To, ReadOnlyMemory<long> Loose)
{
    /// <summary>All of its threads count.</summary>
    public bool IsWhole => From <= Pack.First && End <= To && Loose.IsEmpty;

    /// <summary>Leaves out what does not count.</summary>
    /// <param name="roots">The pack's roots, ascending.</param>
    /// <param name="selection">Of the pack's threads.</param>
    public void LeaveOut(ReadOnlySpan<long> roots, Selection selection)
    {
        var mask = selection.Mask;
        mask[..FirstAtOrAfter(roots, From)].Clear();
        mask[FirstAtOrAfter(roots, To)..].Clear();
        foreach (var root in Loose.Span)
        {
            var row = FirstAtOrAfter(roots, root);
            if (row < roots.Length && roots[row] == root)
                mask[row] = 0;
        }
    }

    /// <summary>Its threads that count and pass a filter, by root.</summary>
    public List<PackedThread> Matching(Database database, PackFilter filter)
    {
        var selection = new Selection();
        selection.Begin(Pack.Threads);
        if (!filter.KeepDimensions(database, Pack, selection))
            return [];
        using (var row = Pack.Read(database, Pack.SumsAndRoots))
        {
            LeaveOut(PackTimes.ReadRoots(row.Blob(1), Pack.Threads), selection);
            filter.KeepStandings(new PackColumns(row.Blob(0), Pack.Threads).Traits, selection);
        }

        if (!selection.Any)
            return [];
        var threads = Pack.ReadAll(database);
        var matching = new List<PackedThread>();
        foreach (var row in selection.Choose())
            matching.Add(threads[row]);
        return matching;
    }

    /// <summary>The place of the first root that is not before another.</summary>
    public static int FirstAtOrAfter(ReadOnlySpan<long> roots, long root)
    {
        var (low, high) = (0, roots.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (roots[middle] < root)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
