using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Subot.Domain;

namespace Subot.Storage.Codecs;

/// <summary>Writes small values compactly: whole numbers as varints, instants as the distance from a base, texts as UTF-8.</summary>
internal sealed class BlobWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void Number(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _bytes.Advance(length);
    }

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string value)
    {
        Number((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    public void Texts(IReadOnlyList<string> values)
    {
        Number((ulong)values.Count);
        foreach (var value in values)
            Text(value);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        value.CopyTo(_bytes.GetSpan(value.Length));
        _bytes.Advance(value.Length);
    }

    public void Instant(Ts value, Ts from) => Signed(value - from);

    public void Raw<T>(T value)
        where T : unmanaged
    {
        var span = _bytes.GetSpan(Unsafe.SizeOf<T>());
        MemoryMarshal.Write(span, value);
        _bytes.Advance(Unsafe.SizeOf<T>());
    }
}
