using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Storage.Sqlite.Packs;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    private const int MostReaders = 4;
    private const int MostSteps = 32;

    /// <inheritdoc/>
    public ValueTask<TeamNumbers> NumbersAsync(NumbersQuery query, SettingsHistory settings, CancellationToken ct)
    {
        var asOf = new AsOf(query.AsOf, settings);
        var sum = Ask(query.Channels, query.From, query.To, period =>
        {
            var filter = Filter(query.Filter);
            return period.Sum(() => new NumbersSum(filter, asOf));
        });
        return new(sum.Tallies[0].Numbers(query.Filter.KeepsWaiting));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TeamNumbers>> SeriesAsync(
        NumbersQuery query, IReadOnlyList<(Ts From, Ts To)> steps, SettingsHistory settings, CancellationToken ct)
    {
        if (steps.Count == 0)
            return new([]);
        var asOf = new AsOf(query.AsOf, settings);
        // Parts of the period, some for each reader, with some steps in each for a pack to be read once.
        List<(Ts From, Ts To)[]> parts = [.. steps.Chunk(Math.Clamp(steps.Count / (2 * MostReaders), 1, MostSteps))];
        var numbers = Ask(query.Channels, steps[0].From, steps[^1].To, period =>
        {
            var filter = Filter(query.Filter);
            return period.SumParts(
                parts.ConvertAll(p => (p[0].From, p[^1].To)),
                part =>
                {
                    ct.ThrowIfCancellationRequested();
                    return new NumbersSum(filter, asOf, parts[part].Skip(1).Select(s => s.From));
                },
                sum => sum.Tallies.Select(t => t.Numbers(query.Filter.KeepsWaiting)).ToArray());
        });
        return new([.. numbers.SelectMany(n => n)]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<NumbersPart>> BreakdownAsync(
        NumbersQuery query, NumbersDimension by, SettingsHistory settings, CancellationToken ct)
    {
        var asOf = new AsOf(query.AsOf, settings);
        var withMedian = query.Filter.KeepsWaiting && by != NumbersDimension.Responder;
        return new(Ask(query.Channels, query.From, query.To, period =>
        {
            var filter = Filter(query.Filter);
            var values = Values(by, period.Sum(() => new ValuesSum(filter, by)).Requests);
            var numbers = period.SumEach(
                values.Count,
                i =>
                {
                    ct.ThrowIfCancellationRequested();
                    return new NumbersSum(filter.Only(by, values[i].Numbers), asOf);
                },
                sum => sum.Tallies[0].Numbers(withMedian));
            return values.Select((v, i) => new NumbersPart(v.Value, numbers[i])).ToList();
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> BacklogAsync(
        IReadOnlyList<ChannelId> channels, IReadOnlyList<uint> instants, CancellationToken ct)
    {
        uint[] ascending = [.. instants.Distinct().Order()];
        if (ascending.Length == 0)
            return new([]);

        // A request is open from the second after its root at the earliest.
        var end = new Ts((ascending[^1] * Ts.Second) + 1);
        var counts = Ask(channels, Ts.Zero, end, period => period.Sum(() => new BacklogSum(ascending))).Counts();
        return new([.. instants.Select(i => counts[Array.BinarySearch(ascending, i)])]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CountedThread>> CountedAsync(NumbersQuery query, CountedPage page, CancellationToken ct)
    {
        var (from, to) = page.Bounds(query);
        // Each channel may have one at the root of the last part's end.
        var found = Ask(query.Channels, from, to, period => period.First(Filter(query.Filter).RequestsOnly(), page.Limit + 1, page.NewestFirst));
        lock (_writing)
        {
            var threads = found.Select(f => (Key: new ThreadKey(new ChannelId(_names.Name(_database, f.Channel)), f.Thread.Contribution.Root), f.Thread));
            return new([.. page.Of(threads, t => t.Key).Select(t => new CountedThread(t.Key, t.Thread.Contribution, t.Thread.Dimensions.Named(_database, _names)))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> PackAsync(CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpProjections();
            var packer = new Packer(_database, _blob);
            if (packer.Next() is not { } pack)
                return new(false);
            Write(() => packer.Write(pack));
            return new(true);
        }
    }

    /// <summary>Asks for every contribution of the channels whose root lies in [from, to).</summary>
    private TAnswer Ask<TAnswer>(IReadOnlyList<ChannelId> channels, Ts from, Ts to, Func<PeriodReader, TAnswer> question)
    {
        List<int> numbers;
        var readers = new List<Database>();
        try
        {
            lock (_writing)
            {
                CatchUpProjections();
                numbers = Numbers(channels);
                BeginReads(readers);
            }

            return question(new PeriodReader(readers, numbers, from.Micros, to.Micros));
        }
        finally
        {
            EndReads(readers);
        }
    }

    /// <summary>A filter in numbers of the register, which knows all that a reader may meet that has begun before.</summary>
    private PackFilter Filter(NumbersFilter filter)
    {
        lock (_writing)
            return new PackFilter(filter, NumbersOf);
    }

    private IEnumerable<int> NumbersOf(NumbersDimension dimension, string value)
    {
        if (dimension is not (NumbersDimension.Requester or NumbersDimension.Responder))
            return _names.SetsWith(_database, value);
        return _names.Find(_database, value) is var person and not 0 ? [person] : [];
    }

    /// <summary>The values that numbers of a dimension stand for, each with all of its numbers, the one with most requests first.</summary>
    private List<(string? Value, int[] Numbers)> Values(NumbersDimension dimension, IReadOnlyDictionary<int, long> requests)
    {
        lock (_writing)
        {
            return [.. requests.SelectMany(r => ValuesOf(dimension, r.Key), (r, value) => (Value: value, Number: r.Key, Requests: r.Value))
                .GroupBy(v => v.Value)
                .OrderByDescending(g => g.Sum(v => v.Requests)).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Select(v => v.Number).ToArray()))];
        }
    }

    private string?[] ValuesOf(NumbersDimension dimension, int number)
    {
        if (number == 0)
            return [null];
        return dimension is NumbersDimension.Requester or NumbersDimension.Responder ? [_names.Name(_database, number)] : [.. _names.Set(_database, number)];
    }

    /// <summary>The known ones of some channels, each once.</summary>
    private List<int> Numbers(IReadOnlyList<ChannelId> channels)
    {
        var numbers = new List<int>();
        for (var i = 0; i < channels.Count; i++)
        {
            if (Channel(channels[i]) is var number and not 0 && !numbers.Contains(number))
                numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>
    /// Readers of one and the same state. Nobody here writes meanwhile; after a commit of another process there is only one.
    /// </summary>
    private void BeginReads(List<Database> readers)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        while (readers.Count < Math.Min(Environment.ProcessorCount, MostReaders))
        {
            var reader = _readers.TryPop(out var idle) ? idle : OpenReader();
            readers.Add(reader);
            reader.BeginRead();
            if (reader.ReadsTheSameAs(readers[0]))
                continue;
            readers.Remove(reader);
            reader.EndRead();
            _readers.Push(reader);
            return;
        }
    }

    private void EndReads(List<Database> readers)
    {
        lock (_writing)
        {
            foreach (var reader in readers)
            {
                if (_closed || !reader.TryEndRead())
                    reader.Dispose();
                else
                    _readers.Push(reader);
            }
        }
    }

    private Database OpenReader()
    {
        var reader = Database.Open(_path, readOnly: true);
        reader.Execute("PRAGMA cache_size = -2000");
        reader.Execute("PRAGMA mmap_size = 17179869184");
        return reader;
    }
}
