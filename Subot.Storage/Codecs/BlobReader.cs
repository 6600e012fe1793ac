using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Subot.Domain;

namespace Subot.Storage.Codecs;

/// <summary>Reads what <see cref="BlobWriter"/> wrote. Bytes that end too early raise <see cref="StoreException"/>.</summary>
internal ref struct BlobReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        if (_rest.IsEmpty)
            throw Damaged();
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged();
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>How many things follow, of a byte at least each.</summary>
    public int Count()
    {
        var count = Number();
        return count <= (ulong)_rest.Length ? (int)count : throw Damaged();
    }

    public string Text()
    {
        var length = Count();
        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    public string[] Texts()
    {
        var values = new string[Count()];
        for (var i = 0; i < values.Length; i++)
            values[i] = Text();
        return values;
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Count();
        var value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }

    public Ts Instant(Ts from) => new(from.Micros + Signed());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Raw<T>()
        where T : unmanaged
    {
        if (_rest.Length < Unsafe.SizeOf<T>())
            throw Damaged();
        var value = MemoryMarshal.Read<T>(_rest);
        _rest = _rest[Unsafe.SizeOf<T>()..];
        return value;
    }

    public static StoreException Damaged() =>
        new("A stored record is damaged. Restore the data folder from a backup; 'subot check' names what is wrong.", mayPass: false);
}
