using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    private const long DayMicros = 86_400 * Ts.Second;
    private const int DaysPerChannel = 1 << 17;

    // A day is packed when its loose records are many, or many beside what its blob holds: each record is then copied a few times in all.
    private const int PackAt = 256;

    private readonly Stack<Database> _readers = [];

    /// <inheritdoc/>
    public ValueTask<TeamNumbers> NumbersAsync(NumbersQuery query, SettingsHistory settings, CancellationToken ct)
    {
        var asOf = new AsOf(query.AsOf, settings);
        var tally = Read(query.Channels, query.From, query.To, () => new NumbersTally(asOf), (all, part) => all.Add(part), (filter, tally) =>
            (in Contribution c, int requester, int responder) =>
            {
                if (filter.Matches(c, requester, responder))
                    tally.Add(c);
            }, names => new NumberedFilter(query.Filter, names));
        return new(tally.Numbers(query.Filter.KeepsWaiting));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> BacklogAsync(IReadOnlyList<ChannelId> channels, IReadOnlyList<uint> instants, CancellationToken ct)
    {
        var last = instants.Count == 0 ? Ts.Zero : new Ts(instants.Max() * Ts.Second + 1);
        var counts = Read(channels, Ts.Zero, last, () => new long[instants.Count], AddAll, (_, counts) =>
            (in Contribution c, int _, int _) =>
            {
                for (var i = 0; i < instants.Count && c.Kind == Domain.Projection.RootKind.Request; i++)
                    counts[i] += c.WasOpenAt(instants[i]) ? 1 : 0;
            }, _ => (object?)null);
        return new(counts);

        static void AddAll(long[] all, long[] part)
        {
            for (var i = 0; i < all.Length; i++)
                all[i] += part[i];
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> PackAsync(CancellationToken ct)
    {
        lock (_writing)
        {
            var day = DayToPack();
            if (day is not { } id)
                return new(false);
            Write(() => Pack(id));
            return new(true);
        }
    }

    /// <summary>Gives every contribution of the channels whose root lies in [from, to) to visitors, in parts that run side by side.</summary>
    private TSum Read<TSum, TFilter>(
        IReadOnlyList<ChannelId> channels,
        Ts from,
        Ts to,
        Func<TSum> zero,
        Action<TSum, TSum> add,
        Func<TFilter, TSum, ContributionVisitor> visitor,
        Func<NameRegister, TFilter> filter)
    {
        var sum = zero();
        List<DayReader> parts;
        TFilter filters;
        lock (_writing)
        {
            _names.Refresh(_database);
            var numbers = channels.Select(c => Channel(c)).Where(n => n != 0).Distinct().ToList();
            if (numbers.Count == 0)
                return sum;
            filters = filter(_names);
            // Snapshots are taken while nobody writes: all parts see the same commit.
            parts = [.. DayReader.Split(_database, numbers, from, to, Environment.ProcessorCount).Select(p => p.Begin(TakeReader()))];
        }

        var sums = new TSum[parts.Count];
        try
        {
            if (parts.Count == 1)
                parts[0].Visit(visitor(filters, sums[0] = sum));
            else
                Parallel.For(0, parts.Count, i => parts[i].Visit(visitor(filters, sums[i] = zero())));
        }
        finally
        {
            lock (_writing)
            {
                foreach (var part in parts)
                    _readers.Push(part.End());
            }
        }

        if (parts.Count > 1)
        {
            foreach (var part in sums)
                add(sum, part);
        }

        return sum;
    }

    private Database TakeReader()
    {
        if (_readers.TryPop(out var reader))
            return reader;
        reader = Database.Open(_path, readOnly: true);
        reader.Execute("PRAGMA cache_size = -2000");
        reader.Execute("PRAGMA mmap_size = 17179869184");
        return reader;
    }

    private void DisposeReaders()
    {
        while (_readers.TryPop(out var reader))
            reader.Dispose();
    }

    private long? DayToPack()
    {
        var loose = _database["SELECT channel, root / 86400000000 AS day, count(*) FROM changed GROUP BY channel, day HAVING count(*) >= ? ORDER BY 3 DESC"].Bind(1, PackAt);
        long? found = null;
        while (found is null && loose.Step())
        {
            var id = DayReader.DayId((int)loose.Integer(0), loose.Integer(1));
            var packed = _database["SELECT records FROM day WHERE id = ?"].Bind(1, id);
            var records = packed.Step() ? packed.Integer(0) : 0;
            packed.Reset();
            if (loose.Integer(2) * 4 >= records)
                found = id;
        }

        loose.Reset();
        return found;
    }

    private void Pack(long id)
    {
        var (channel, day) = (id / DaysPerChannel, id % DaysPerChannel);
        var records = DayReader.Merge(_database, channel, day);
        _blob.Clear();
        foreach (var (_, (contribution, requester, responder)) in records)
            ContributionCodec.Write(_blob, contribution, requester, responder);
        _database["INSERT OR REPLACE INTO day(id, records, body) VALUES(?, ?, ?)"].Bind(1, id).Bind(2, records.Count).Bind(3, _blob.Written).Run();
        _database["DELETE FROM changed WHERE channel = ? AND root >= ? AND root < ?"].Bind(1, channel).Bind(2, day * DayMicros).Bind(3, (day + 1) * DayMicros).Run();
    }

    private static (Contribution Contribution, Dimensions Dimensions) ContributionOf(Database reader, NameRegister names, int channel, long root)
    {
        if (!DayReader.Merge(reader, channel, root / DayMicros, root).TryGetValue(root, out var found))
            return (new Contribution { Root = new Ts(root) }, default);
        return (found.Contribution, new Dimensions(Person(found.Requester), Person(found.Responder)));

        UserId? Person(int number) => number == 0 ? null : new UserId(names.Name(number));
    }

    /// <summary>A filter whose people are numbers of the register.</summary>
    private sealed class NumberedFilter(NumbersFilter filter, NameRegister names)
    {
        private readonly bool _everything = filter.IsEmpty;
        private readonly int _statuses = filter.Statuses.Count == 0 ? ~0 : filter.Statuses.Aggregate(0, (bits, s) => bits | (1 << (int)s));
        private readonly HashSet<int> _requesters = [.. filter.Requesters.Select(u => names.Find(u.Value))];
        private readonly HashSet<int> _responders = [.. filter.Responders.Select(u => names.Find(u.Value))];

        public bool Matches(in Contribution c, int requester, int responder) => _everything || (c.Kind == Domain.Projection.RootKind.Request
            && (_statuses & (1 << (int)c.Status)) != 0
            && (_requesters.Count == 0 || (requester != 0 && _requesters.Contains(requester)))
            && (_responders.Count == 0 || (responder != 0 && _responders.Contains(responder))));
    }
}
