using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Subot.Storage.Codecs;

/// <summary>
/// Reads columns of values of one size out of a blob, one after the other, without copying. Bytes that end too early raise
/// <see cref="StoreException"/>.
/// </summary>
internal ref struct ColumnReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The next column.</summary>
    public ReadOnlySpan<T> Next<T>(int count)
        where T : unmanaged
    {
        var length = count * Unsafe.SizeOf<T>();
        if (length > _rest.Length)
            throw BlobReader.Damaged();
        var column = MemoryMarshal.Cast<byte, T>(_rest[..length]);
        _rest = _rest[length..];
        return column;
    }

    /// <summary>Makes sure that nothing is left.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw BlobReader.Damaged();
    }
}
