using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>The roots of a pack's threads and their times. The times begin with how many of the threads were reopened.</summary>
internal readonly ref struct PackTimes
{
    public PackTimes(ReadOnlySpan<byte> roots, ReadOnlySpan<byte> blob, int threads)
    {
        var times = new ColumnReader(blob);
        var reopened = times.Next<ushort>(1)[0];
        Roots = ReadRoots(roots, threads);
        Ends = times.Next<uint>(threads);
        Calendars = times.Next<ushort>(threads);
        Reopened = times.Next<ushort>(reopened);
        SpanCounts = times.Next<ushort>(reopened);
        var spans = 0;
        foreach (var count in SpanCounts)
            spans += count;
        Spans = times.Next<OpenSpan>(spans);
        times.End();
        foreach (var row in Reopened)
        {
            if (row >= threads)
                throw BlobReader.Damaged();
        }
    }

    /// <summary>The roots in microseconds since 1970, ascending.</summary>
    public ReadOnlySpan<long> Roots { get; }

    /// <summary>The end of the first time in which each request was open; 0 of what is no request.</summary>
    public ReadOnlySpan<uint> Ends { get; }

    /// <summary>The settings version valid at each root.</summary>
    public ReadOnlySpan<ushort> Calendars { get; }

    /// <summary>The numbers of the threads that were reopened.</summary>
    public ReadOnlySpan<ushort> Reopened { get; }

    /// <summary>How many further times each of those was open.</summary>
    public ReadOnlySpan<ushort> SpanCounts { get; }

    /// <summary>These further times.</summary>
    public ReadOnlySpan<OpenSpan> Spans { get; }

    /// <summary>Reads roots alone.</summary>
    public static ReadOnlySpan<long> ReadRoots(ReadOnlySpan<byte> blob, int threads)
    {
        var column = new ColumnReader(blob);
        var roots = column.Next<long>(threads);
        column.End();
        return roots;
    }

    /// <summary>The first time in which a thread was open.</summary>
    public OpenSpan Open(int row) => new((uint)new Ts(Roots[row]).CeilingSeconds, Ends[row]);
}
