using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

/// <summary>
/// The facts of threads: rows in the order in which they came, each naming the one before it of its thread. Appending costs a page or two a
/// commit, however many threads it touches; reading a thread's facts costs a look-up for each.
/// </summary>
internal sealed class FactChain(Database database, BlobWriter blob)
{
    private long _next = database.Scalar("SELECT max(id) FROM fact") + 1;

    /// <summary>Appends a fact to a chain that ends at <paramref name="last"/> (0: no chain yet), and returns where it ends now.</summary>
    public long Append(long last, Fact fact)
    {
        blob.Clear();
        FactCodec.Write(blob, fact);

        // A snapshot is merged with the one before it: that one's row serves again when nothing came between them.
        if (fact is SnapshotFact && last != 0 && database["UPDATE fact SET time = ?, body = ? WHERE id = ? AND kind = ?"]
            .Bind(1, fact.Time.Micros).Bind(2, blob.Written).Bind(3, last).Bind(4, (long)FactKind.Snapshot).Run() == 1)
            return last;

        database["INSERT INTO fact(id, prior, time, kind, body) VALUES(?, ?, ?, ?, ?)"]
            .Bind(1, _next).Bind(2, last).Bind(3, fact.Time.Micros).Bind(4, (long)fact.Kind).Bind(5, blob.Written).Run();
        return _next++;
    }

    /// <summary>The facts of a chain, in their order; of several snapshots the last, since it holds the others.</summary>
    public static List<Fact> Read(Database database, long last)
    {
        var facts = new List<Fact>();
        var snapshotSeen = false;
        while (last != 0)
        {
            using var row = database["SELECT prior, time, kind, body FROM fact WHERE id = ?"].Bind(1, last);

            // Each row names an older one: anything else would go round in circles.
            if (!row.Step() || row.Integer(0) >= last)
                throw BlobReader.Damaged();
            last = row.Integer(0);
            var kind = (FactKind)row.Integer(2);
            if (kind == FactKind.Snapshot && snapshotSeen)
                continue;
            snapshotSeen |= kind == FactKind.Snapshot;
            facts.Add(FactCodec.Read(row.Blob(3), new Ts(row.Integer(1)), kind));
        }

        facts.Sort(Fact.Compare);
        return facts;
    }

    /// <summary>Removes a chain.</summary>
    public static void Remove(Database database, long last)
    {
        while (last != 0)
        {
            var prior = 0L;
            using (var row = database["SELECT prior FROM fact WHERE id = ?"].Bind(1, last))
            {
                if (row.Step())
                    prior = row.Integer(0);
            }

            database["DELETE FROM fact WHERE id = ?"].Bind(1, last).Run();
            last = prior;
        }
    }
}
