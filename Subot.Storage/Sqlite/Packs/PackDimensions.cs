using Subot.Domain.Numbers;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// The dimensions of the threads of a pack, each as a column of numbers of the register. People are written of every thread. Sets of ids
/// are written of the threads that have one: how many these are by dimension, which they are, and their numbers; nothing at all if none
/// has.
/// </summary>
internal static class PackDimensions
{
    private const NumbersDimension FirstTag = NumbersDimension.Tool;
    private const int TagColumns = DimensionNumbers.Count - (int)FirstTag;

    /// <summary>Which column of the table has which dimensions.</summary>
    public static IReadOnlyList<(string Column, NumbersDimension First, NumbersDimension Last)> Columns { get; } =
    [
        (Pack.People, NumbersDimension.Requester, NumbersDimension.Responder),
        (Pack.Tags, FirstTag, NumbersDimension.Answer),
    ];

    /// <summary>Which column of the table has a dimension.</summary>
    public static string ColumnOf(NumbersDimension dimension) => dimension < FirstTag ? Pack.People : Pack.Tags;

    /// <summary>Writes a set of each thread that has one.</summary>
    public static void WriteTags(BlobWriter to, PackedThread[] threads)
    {
        var owners = new List<ushort>[TagColumns];
        for (var tag = 0; tag < TagColumns; tag++)
            owners[tag] = [.. Enumerable.Range(0, threads.Length).Where(row => threads[row].Dimensions[FirstTag + (byte)tag] != 0).Select(row => (ushort)row)];
        if (owners.All(o => o.Count == 0))
            return;
        foreach (var rows in owners)
            to.Raw((ushort)rows.Count);
        foreach (var row in owners.SelectMany(rows => rows))
            to.Raw(row);
        for (var tag = 0; tag < TagColumns; tag++)
        {
            foreach (var row in owners[tag])
                to.Raw(threads[row].Dimensions[FirstTag + (byte)tag]);
        }
    }

    /// <summary>The number of every thread in a dimension.</summary>
    /// <param name="blob">What the column of the dimension says.</param>
    /// <param name="room">Holds the numbers if need be: they are valid until the next are read into it.</param>
    public static ReadOnlySpan<int> Read(ReadOnlySpan<byte> blob, int threads, NumbersDimension dimension, ColumnBuffer<int> room) =>
        dimension < FirstTag ? ReadPeople(blob, threads, dimension) : ReadTags(blob, threads, dimension - FirstTag, room);

    private static ReadOnlySpan<int> ReadPeople(ReadOnlySpan<byte> blob, int threads, NumbersDimension dimension)
    {
        var people = new ColumnReader(blob);
        var requesters = people.Next<int>(threads);
        var responders = people.Next<int>(threads);
        people.End();
        return dimension == NumbersDimension.Requester ? requesters : responders;
    }

    private static ReadOnlySpan<int> ReadTags(ReadOnlySpan<byte> blob, int threads, int tag, ColumnBuffer<int> room)
    {
        var into = room.Room(threads);
        into.Clear();
        if (blob.IsEmpty)
            return into;

        var tags = new ColumnReader(blob);
        var lengths = tags.Next<ushort>(TagColumns);
        var (before, length, all) = (0, lengths[tag], 0);
        for (var i = 0; i < TagColumns; i++)
        {
            before += i < tag ? lengths[i] : 0;
            all += lengths[i];
        }

        var rows = tags.Next<ushort>(all).Slice(before, length);
        var numbers = tags.Next<int>(all).Slice(before, length);
        tags.End();
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= into.Length)
                throw BlobReader.Damaged();
            into[rows[i]] = numbers[i];
        }

        return into;
    }
}
