using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

/// <summary>Takes one contribution; people are numbers of the register.</summary>
internal delegate void ContributionVisitor(in Contribution contribution, int requester, int responder);

/// <summary>
/// Reads contributions: those packed into blobs, a blob per channel and UTC day, and the loose ones that changed since, which stand in
/// for their namesakes in a blob.
/// </summary>
internal sealed class DayReader
{
    private const long DayMicros = 86_400 * Ts.Second;
    private const int DaysPerChannel = 1 << 17;

    // Below this a second thread costs more than it saves.
    private const long BytesWorthSplitting = 4 << 20;

    private readonly int _channel;
    private readonly long _from;
    private readonly long _to;
    private Database? _database;

    private DayReader(int channel, long from, long to)
    {
        _channel = channel;
        _from = from;
        _to = to;
    }

    public static long DayId(int channel, long day) => ((long)channel * DaysPerChannel) + day;

    /// <summary>Parts of about the same size, at least one per channel.</summary>
    public static IEnumerable<DayReader> Split(Database database, IReadOnlyList<int> channels, Ts from, Ts to, int most)
    {
        foreach (var channel in channels)
        {
            var (first, last) = (DayId(channel, 0), DayId(channel, DaysPerChannel - 1));
            if (to != Ts.Max)
                last = DayId(channel, Math.Min(to.Micros / DayMicros, DaysPerChannel - 1));
            if (from > Ts.Zero)
                first = DayId(channel, from.Micros / DayMicros);
            var days = Days(database, first, last);
            var total = days.Sum(d => d.Records) * 64;
            var parts = channels.Count > 1 || total < BytesWorthSplitting ? 1 : most;

            var start = from.Micros;
            long seen = 0;
            for (int i = 0, part = 1; i < days.Count && part < parts; i++)
            {
                seen += days[i].Records * 64;
                if (seen < total * part / parts)
                    continue;
                var end = ((days[i].Id % DaysPerChannel) + 1) * DayMicros;
                yield return new DayReader(channel, start, end);
                start = end;
                part++;
            }

            if (start < to.Micros)
                yield return new DayReader(channel, start, to.Micros);
        }
    }

    /// <summary>All records of a day by root, or of one root.</summary>
    public static SortedDictionary<long, (Contribution Contribution, int Requester, int Responder)> Merge(Database database, long channel, long day, long? only = null)
    {
        var records = new SortedDictionary<long, (Contribution, int, int)>();
        var reader = new DayReader((int)channel, only ?? day * DayMicros, only + 1 ?? (day + 1) * DayMicros) { _database = database };
        reader.Visit((in Contribution c, int requester, int responder) => records[c.Root.Micros] = (c, requester, responder));
        return records;
    }

    /// <summary>Holds on to the state of the database as it is now.</summary>
    public DayReader Begin(Database database)
    {
        _database = database;
        database["BEGIN"].Run();
        database.Scalar("SELECT count(*) FROM meta");
        return this;
    }

    public Database End()
    {
        _database!["COMMIT"].Run();
        return _database;
    }

    public void Visit(ContributionVisitor visit)
    {
        var loose = Loose();
        var bodies = _database!["SELECT body FROM day WHERE id BETWEEN ? AND ?"]
            .Bind(1, DayId(_channel, _from / DayMicros)).Bind(2, DayId(_channel, Math.Min(Math.Max(_to - 1, 0) / DayMicros, DaysPerChannel - 1)));
        while (bodies.Step())
        {
            var body = new BlobReader(bodies.Blob(0));
            while (!body.AtEnd)
            {
                ContributionCodec.Read(ref body, out var contribution, out var requester, out var responder);
                var root = contribution.Root.Micros;
                if (root >= _from && root < _to && (loose is null || !loose.Contains(root)))
                    visit(contribution, requester, responder);
            }
        }

        if (loose is null)
            return;
        var changed = ChangedRows("body");
        while (changed.Step())
        {
            var body = new BlobReader(changed.Blob(0));
            ContributionCodec.Read(ref body, out var contribution, out var requester, out var responder);
            visit(contribution, requester, responder);
        }
    }

    private HashSet<long>? Loose()
    {
        HashSet<long>? roots = null;
        var rows = ChangedRows("root");
        while (rows.Step())
            (roots ??= []).Add(rows.Integer(0));
        return roots;
    }

    private Statement ChangedRows(string column) => _database![$"SELECT {column} FROM changed WHERE channel = ? AND root >= ? AND root < ?"]
        .Bind(1, _channel).Bind(2, _from).Bind(3, _to);

    private static List<(long Id, long Records)> Days(Database database, long first, long last)
    {
        var days = new List<(long, long)>();
        var rows = database["SELECT id, records FROM day WHERE id BETWEEN ? AND ?"].Bind(1, first).Bind(2, last);
        while (rows.Step())
            days.Add((rows.Integer(0), rows.Integer(1)));
        return days;
    }
}
