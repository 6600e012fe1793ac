using Subot.Domain.Numbers;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// Moves loose contributions into their packs: the pack with the most of them first, one at a time, and none while they are few. Under
/// load many move at once; a pack is small, so that a single one costs little too.
/// </summary>
internal sealed class Packer(Database database, BlobWriter blob)
{
    /// <summary>Loose ones that are not worth the work: reading them costs a question about a millisecond.</summary>
    public const int LeftLoose = 1024;

    // Threads of a pack: many enough to be read in one go, few enough to be written anew for a change of one.
    private const int Most = 2048;
    private const int MovedAtOnce = 4 * Most;

    /// <summary>The pack to do next; null when there is nothing to do.</summary>
    public Pack? Next()
    {
        if (database.Scalar("SELECT count(*) FROM changed") <= LeftLoose)
            return null;

        var most = (Pack: (Pack?)null, Loose: 0);
        List<Pack> packs = [];
        var (channel, at, loose) = (0, 0, 0);
        using var rows = database["SELECT channel, root FROM changed ORDER BY channel, root"];
        while (rows.Step())
        {
            if (rows.Integer(0) != channel)
            {
                channel = (int)rows.Integer(0);
                packs = Pack.Find(database, channel, 0, long.MaxValue);
                if (packs.Count == 0)
                    packs.Add(new Pack(0, channel, 0, 0));
                (at, loose) = (0, 0);
            }

            for (; at + 1 < packs.Count && packs[at + 1].First <= rows.Integer(1); loose = 0)
                at++;
            if (++loose > most.Loose)
                most = (packs[at], loose);
        }

        return most.Pack;
    }

    /// <summary>Writes a pack anew, with what is loose of it; in several if it is large now. Within a transaction.</summary>
    public void Write(Pack pack)
    {
        var threads = new SortedDictionary<long, PackedThread>();
        foreach (var thread in pack.Id != 0 ? pack.ReadAll(database) : [])
            threads[thread.Contribution.Root.Micros] = thread;
        var loose = LooseContributions.Visit(database, pack.Channel, pack.First, End(pack), MovedAtOnce,
            (in Contribution c, in DimensionNumbers dimensions) => threads[c.Root.Micros] = new PackedThread(c, dimensions));

        database["DELETE FROM pack WHERE id = ?"].Bind(1, pack.Id).Run();
        var kept = threads.Values.ToArray();
        var pieces = (kept.Length / Most) + 1;
        for (var i = 0; i < pieces; i++)
        {
            var piece = kept[(kept.Length * i / pieces)..(kept.Length * (i + 1) / pieces)];
            Insert(pack.Channel, i == 0 ? pack.First : piece[0].Contribution.Root.Micros, piece);
        }

        database["DELETE FROM changed WHERE channel = ? AND root BETWEEN ? AND ?"].Bind(1, pack.Channel).Bind(2, loose[0]).Bind(3, loose[^1]).Run();
    }

    private void Insert(int channel, long first, PackedThread[] threads)
    {
        var writer = new PackWriter(threads);
        database["INSERT INTO pack(channel, first, threads, people, sums, rows, roots, times, tags) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"]
            .Bind(1, channel).Bind(2, first).Bind(3, threads.Length)
            .Bind(4, Written(writer.People)).Bind(5, Written(writer.Sums)).Bind(6, Written(writer.Rows))
            .Bind(7, Written(writer.Roots)).Bind(8, Written(writer.Times)).Bind(9, Written(writer.Tags)).Run();
    }

    // Bound values are copied: one buffer serves all.
    private ReadOnlySpan<byte> Written(Action<BlobWriter> write)
    {
        blob.Clear();
        write(blob);
        return blob.Written;
    }

    private long End(Pack pack)
    {
        using var next = database["SELECT min(first) FROM pack WHERE channel = ? AND first > ?"].Bind(1, pack.Channel).Bind(2, pack.First);
        return next.Step() && !next.IsNull(0) ? next.Integer(0) : long.MaxValue;
    }
}
