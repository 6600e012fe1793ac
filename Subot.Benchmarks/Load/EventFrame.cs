using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Subot.Benchmarks.Load;

/// <summary>What differs from event to event. Instants are microseconds since 1970; ids are of a fixed width.</summary>
internal readonly ref struct EventValues
{
    public required long Number { get; init; }

    public required long Ts { get; init; }

    public required ReadOnlySpan<byte> Channel { get; init; }

    public required ReadOnlySpan<byte> User { get; init; }

    /// <summary>The root of the thread, of a reply or a reaction.</summary>
    public long Thread { get; init; }
}

/// <summary>
/// The websocket frame of one kind of event: bytes that stay the same, and fields of a fixed width that are written anew for each.
/// Making a frame costs a copy and a few numbers, so that the load takes little of the processor it measures.
/// </summary>
internal sealed partial class EventFrame
{
    private const int HeaderLength = 4;

    private readonly byte[] _frame;
    private readonly (int Offset, string Field)[] _fields;

    /// <param name="json">The envelope, with fields as «number», «event», «second», «ts», «thread», «channel» and «user».</param>
    public EventFrame(string json)
    {
        var text = new StringBuilder();
        var fields = new List<(int, string)>();
        var copied = 0;
        foreach (Match match in Field().Matches(json))
        {
            text.Append(json, copied, match.Index - copied);
            fields.Add((HeaderLength + text.Length, match.Groups[1].Value));
            text.Append(' ', Width(match.Groups[1].Value));
            copied = match.Index + match.Length;
        }

        var body = Encoding.ASCII.GetBytes(text.Append(json, copied, json.Length - copied).ToString());
        _fields = [.. fields];
        _frame = new byte[HeaderLength + body.Length];
        _frame[0] = 0x81;
        _frame[1] = 126;
        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(2), checked((ushort)body.Length));
        body.CopyTo(_frame, HeaderLength);
    }

    /// <summary>Bytes of the frame.</summary>
    public int Length => _frame.Length;

    /// <summary>Writes the frame of one event and returns its length.</summary>
    public int Write(Span<byte> to, in EventValues values)
    {
        _frame.CopyTo(to);
        foreach (var (offset, field) in _fields)
            Write(to[offset..], field, values);
        return _frame.Length;
    }

    /// <summary>Reads the number of the event back from the id of its envelope.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> envelopeId, out long number) =>
        Utf8Parser.TryParse(envelopeId[^12..], out number, out var read, 'x') && read == 12;

    private static void Write(Span<byte> to, string field, in EventValues values)
    {
        switch (field)
        {
            case "number":
                Utf8Formatter.TryFormat(values.Number, to, out _, new StandardFormat('x', 12));
                break;
            case "event":
                Utf8Formatter.TryFormat(values.Number, to, out _, new StandardFormat('D', 9));
                break;
            case "second":
                Utf8Formatter.TryFormat(values.Ts / 1_000_000, to, out _, new StandardFormat('D', 10));
                break;
            case "ts":
                WriteTs(to, values.Ts);
                break;
            case "thread":
                WriteTs(to, values.Thread);
                break;
            case "channel":
                values.Channel.CopyTo(to);
                break;
            default:
                values.User.CopyTo(to);
                break;
        }
    }

    private static void WriteTs(Span<byte> to, long micros)
    {
        Utf8Formatter.TryFormat(micros / 1_000_000, to, out _, new StandardFormat('D', 10));
        to[10] = (byte)'.';
        Utf8Formatter.TryFormat(micros % 1_000_000, to[11..], out _, new StandardFormat('D', 6));
    }

    private static int Width(string field) => field switch
    {
        "number" => 12,
        "event" => 9,
        "second" => 10,
        "ts" or "thread" => 17,
        "channel" or "user" => 11,
        _ => throw new ArgumentException($"There is no field '{field}'.", nameof(field)),
    };

    [GeneratedRegex("«(\\w+)»")]
    private static partial Regex Field();
}
