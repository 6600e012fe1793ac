using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Subot.Slack;

/// <summary>
/// Gives the same string for the same short text: ids, types and timestamps repeat all day, and a busy socket
/// would otherwise allocate each of them again. A fixed number of slots; a newer text takes an older one's place.
/// For one thread.
/// </summary>
internal sealed class StringPool
{
    private const int MaxLength = 32;
    private readonly string?[] _slots = new string?[2048];

    /// <summary>The text of the reader's string token.</summary>
    public string Get(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length is 0 or > MaxLength)
            return reader.GetString()!;
        var utf8 = reader.ValueSpan;
        ref var slot = ref _slots[Hash(utf8) % (uint)_slots.Length];
        if (slot is not null && Ascii.Equals(utf8, slot))
            return slot;
        return slot = reader.GetString()!;
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 8)
        {
            uint few = 2166136261;
            foreach (var b in utf8)
                few = (few ^ b) * 16777619;
            return few;
        }
        var head = BinaryPrimitives.ReadUInt64LittleEndian(utf8);
        var tail = BinaryPrimitives.ReadUInt64LittleEndian(utf8[^8..]);
        var mixed = (head ^ (tail * 0x9E3779B97F4A7C15)) * 0xC2B2AE3D27D4EB4F;
        return (uint)(mixed >> 32) ^ (uint)utf8.Length;
    }
}
