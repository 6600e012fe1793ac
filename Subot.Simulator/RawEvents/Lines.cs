using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Subot.Simulator.RawEvents;

/// <summary>The lines of a body while it arrives, without empty ones.</summary>
internal static class Lines
{
    public static async IAsyncEnumerable<byte[]> ReadAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (TakeLine(ref rest, read.IsCompleted) is { } line)
                if (line.Length > 0)
                    yield return line;
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                yield break;
        }
    }

    private static byte[]? TakeLine(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            return line is [.., (byte)'\r'] ? line[..^1] : line;
        }
        if (!isLast || rest.IsEmpty)
            return null;
        var last = rest.ToArray();
        rest = rest.Slice(rest.End);
        return last;
    }
}
