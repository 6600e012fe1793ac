using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>The values of a pack that add up: some of every thread, and those of some in the order in which they were written.</summary>
internal ref struct PackColumns
{
    private const int Lengths = 4 + PackGroup.Count;

    private readonly ReadOnlySpan<ushort> _lengths;
    private ColumnReader _rest;

    /// <summary>Reads those of all threads.</summary>
    public PackColumns(ReadOnlySpan<byte> blob, int threads)
    {
        _rest = new ColumnReader(blob);
        _lengths = _rest.Next<ushort>(Lengths);
        if (_lengths[0] != threads)
            throw BlobReader.Damaged();
        Traits = _rest.Next<ushort>(threads);
        Replies = _rest.Next<uint>(threads);
        Hours = _rest.Next<byte>(threads);
    }

    public ReadOnlySpan<ushort> Traits { get; }

    public ReadOnlySpan<uint> Replies { get; }

    public ReadOnlySpan<byte> Hours { get; }

    /// <summary>How many durations a group has.</summary>
    public readonly int Length(PackGroup group) => _lengths[4 + group.Number];

    /// <summary>The durations of a group. The groups are read in their order, and before all else.</summary>
    public GroupColumns Next(PackGroup group) => new(ref _rest, group, Length(group));

    /// <summary>When pending responses are due.</summary>
    public ReadOnlySpan<uint> NextPending() => _rest.Next<uint>(_lengths[1]);

    /// <summary>The roots of open requests.</summary>
    public ReadOnlySpan<long> NextOpen() => _rest.Next<long>(_lengths[2]);

    /// <summary>How often each of those was reopened that were: the end.</summary>
    public ReadOnlySpan<ushort> NextReopenings()
    {
        var reopenings = _rest.Next<ushort>(_lengths[3]);
        _rest.End();
        return reopenings;
    }

    /// <summary>Writes what it begins with.</summary>
    public static void WriteLengths(BlobWriter to, int threads, int pending, int open, int reopened, ReadOnlySpan<List<ushort>> groups)
    {
        to.Raw((ushort)threads);
        to.Raw((ushort)pending);
        to.Raw((ushort)open);
        to.Raw((ushort)reopened);
        foreach (var group in groups)
            to.Raw((ushort)group.Count);
    }
}
