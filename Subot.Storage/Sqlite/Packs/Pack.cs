using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// Contributions of one channel, ordered by root: those from <paramref name="First"/> up to the first of the channel's next pack. A
/// channel's first pack begins at 0.
/// </summary>
internal sealed record Pack(long Id, int Channel, long First, int Threads)
{
    // In one go, and no more than is needed: a blob's pages are found one after the other, from the first of the row.
    public const string People = "SELECT people FROM pack WHERE id = ?";
    public const string Tags = "SELECT tags FROM pack WHERE id = ?";
    public const string Sums = "SELECT sums FROM pack WHERE id = ?";
    public const string SumsAndRoots = "SELECT sums, roots FROM pack WHERE id = ?";
    public const string SumsAndRows = "SELECT sums, rows FROM pack WHERE id = ?";
    public const string SumsRowsAndRoots = "SELECT sums, rows, roots FROM pack WHERE id = ?";
    public const string RootsAndTimes = "SELECT roots, times FROM pack WHERE id = ?";

    /// <summary>The packs of a channel that may hold roots in [from, to), by their first.</summary>
    public static List<Pack> Find(Database database, int channel, long from, long to)
    {
        var packs = new List<Pack>();
        using var rows = database["SELECT id, first, threads FROM pack WHERE channel = ?1 AND first < ?3 AND first >= (SELECT max(first) FROM pack WHERE channel = ?1 AND first <= ?2) ORDER BY first"]
            .Bind(1, channel).Bind(2, from).Bind(3, to);
        while (rows.Step())
        {
            var threads = rows.Integer(2);
            if (threads is < 1 or > PackWriter.Most)
                throw BlobReader.Damaged();
            packs.Add(new Pack(rows.Integer(0), channel, rows.Integer(1), (int)threads));
        }

        return packs;
    }

    /// <summary>Reads some of its columns, which are valid until the statement is disposed.</summary>
    public Statement Read(Database database, string columns)
    {
        var row = database[columns].Bind(1, Id);
        return row.Step() ? row : throw BlobReader.Damaged();
    }

    /// <summary>All of its threads, by root.</summary>
    public PackedThread[] ReadAll(Database database)
    {
        using var row = Read(database, "SELECT people, sums, rows, roots, times, tags FROM pack WHERE id = ?");
        return PackDecoder.Read(Threads, row.Blob(0), row.Blob(1), row.Blob(2), row.Blob(3), row.Blob(4), row.Blob(5));
    }
}
