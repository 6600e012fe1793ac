using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>To which thread of a pack each value of its sums belongs, in the order of the values.</summary>
internal ref struct PackRows
{
    private ReadOnlySpan<ushort> _rest;

    public PackRows(ReadOnlySpan<byte> blob, int threads)
    {
        var column = new ColumnReader(blob);
        _rest = column.Next<ushort>(blob.Length / sizeof(ushort));
        column.End();
        if (!_rest.IsEmpty && _rest.ContainsAnyExceptInRange((ushort)0, (ushort)(threads - 1)))
            throw BlobReader.Damaged();
    }

    /// <summary>The numbers of the next threads; each is below the number of threads.</summary>
    public ReadOnlySpan<ushort> Next(int count)
    {
        if (count > _rest.Length)
            throw BlobReader.Damaged();
        var rows = _rest[..count];
        _rest = _rest[count..];
        return rows;
    }

    /// <summary>Makes sure that nothing is left.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw BlobReader.Damaged();
    }
}
