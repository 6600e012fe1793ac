using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

/// <summary>
/// The facts of threads: rows in the order in which they came, each naming the one before it of its thread. Appending costs a page or two a
/// commit, however many threads it touches; reading a thread's facts costs a look-up for each.
/// </summary>
internal sealed class FactChain(Database database, BlobWriter blob)
{
    /// <summary>The id of the newest fact; ids only grow.</summary>
    public long Newest { get; private set; } = Math.Max(database.Scalar("SELECT max(id) FROM fact"), database.Scalar("SELECT value FROM meta WHERE key = 'facts_projected'"));

    /// <summary>The time of what happened last.</summary>
    public Ts NewestTime { get; private set; } = new(Math.Max(
        database.Scalar("SELECT value FROM meta WHERE key = 'newest_time'"),
        database.Scalar("SELECT max(time) FROM fact WHERE id > (SELECT coalesce(max(value), 0) FROM meta WHERE key = 'facts_projected')")));

    /// <summary>Appends a fact to a chain that ends at <paramref name="last"/> (0: no chain yet), and returns where it ends now.</summary>
    /// <param name="actions">Actions that are created with it.</param>
    /// <param name="due">When they are due.</param>
    public long Append(int channel, Ts root, long last, Fact fact, IReadOnlyList<BotAction> actions, Ts due)
    {
        blob.Clear();
        FactCodec.Write(blob, fact);
        var row = database["INSERT INTO fact(id, prior, channel, root, time, kind, body, actions) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"]
            .Bind(1, ++Newest).Bind(2, last).Bind(3, channel).Bind(4, root.Micros).Bind(5, fact.Time.Micros).Bind(6, (long)fact.Kind).Bind(7, blob.Written);
        if (NewestTime < fact.Time)
            NewestTime = fact.Time;
        if (actions.Count == 0)
        {
            row.Bind(8, (long?)null).Run();
            return Newest;
        }

        blob.Clear();
        ActionCodec.Write(blob, actions, due);
        row.Bind(8, blob.Written).Run();
        return Newest;
    }

    /// <summary>One fact; null if there is none of this id.</summary>
    public static Fact? Find(Database database, long id)
    {
        using var row = database["SELECT time, kind, body FROM fact WHERE id = ?"].Bind(1, id);
        return row.Step() ? FactCodec.Read(row.Blob(2), new Ts(row.Integer(0)), (FactKind)row.Integer(1)) : null;
    }

    /// <summary>Removes what is no longer needed: of several snapshots at the end of a chain the older ones.</summary>
    public void Trim(long last)
    {
        var (prior, kind) = Row(last);
        while (kind == FactKind.Snapshot && prior != 0 && Row(prior) is (var before, FactKind.Snapshot))
        {
            database["DELETE FROM fact WHERE id = ?"].Bind(1, prior).Run();
            database["UPDATE fact SET prior = ? WHERE id = ?"].Bind(1, before).Bind(2, last).Run();
            prior = before;
        }
    }

    private (long Prior, FactKind Kind) Row(long id)
    {
        using var row = database["SELECT prior, kind FROM fact WHERE id = ?"].Bind(1, id);
        return row.Step() ? (row.Integer(0), (FactKind)row.Integer(1)) : (0, default);
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

        // The chain tells the newest first. Should a fact stand in it twice, the older one counts.
        facts.Reverse();
        List<Fact> once = [.. facts.DistinctBy(f => (f.Time, f.Kind, f.Key))];
        once.Sort(Fact.Compare);
        return once;
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
