using System.Runtime.ExceptionServices;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Storage.Sqlite.Packs;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    // Below this many threads a second reader costs more than it saves.
    private const long WorthSplitting = 100_000;
    private const int MostReaders = 4;

    // Packs, many enough to be next to each other in the file for a while, few enough to be done at about the same time in the end.
    private const int TakenAtOnce = 8;

    /// <inheritdoc/>
    public ValueTask<TeamNumbers> NumbersAsync(NumbersQuery query, SettingsHistory settings, CancellationToken ct)
    {
        var asOf = new AsOf(query.AsOf, settings);
        var sum = Sum(query.Channels, query.From, query.To, () => new NumbersSum(query.Filter, asOf, person => _names.Find(_database, person.Value)));
        return new(sum.Tally.Numbers(query.Filter.KeepsWaiting));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> BacklogAsync(IReadOnlyList<ChannelId> channels, IReadOnlyList<uint> instants, CancellationToken ct)
    {
        uint[] ascending = [.. instants.Distinct().Order()];
        if (ascending.Length == 0)
            return new([]);

        // A request is open from the second after its root at the earliest.
        var end = new Ts((ascending[^1] * Ts.Second) + 1);
        var counts = Sum(channels, Ts.Zero, end, () => new BacklogSum(ascending)).Counts();
        return new([.. instants.Select(i => counts[Array.BinarySearch(ascending, i)])]);
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

    /// <summary>Adds up every contribution of the channels whose root lies in [from, to), in parts that run side by side.</summary>
    private TSum Sum<TSum>(IReadOnlyList<ChannelId> channels, Ts from, Ts to, Func<TSum> zero)
        where TSum : IContributionSum<TSum>
    {
        List<int> numbers;
        TSum[] sums;
        var readers = new List<Database>();
        try
        {
            lock (_writing)
            {
                CatchUpProjections();
                numbers = Numbers(channels);
                BeginReads(readers);
                sums = [.. readers.Select(_ => zero())];
            }

            var period = new PeriodReader(readers[0], numbers, from.Micros, to.Micros);
            period.VisitLoose(sums[0].Add);
            var next = 0;
            InParallel(period.Threads < WorthSplitting ? 1 : readers.Count, reader =>
            {
                // Whoever is free takes the next few: one may be slower, or come late.
                for (int first; (first = Interlocked.Add(ref next, TakenAtOnce) - TakenAtOnce) < period.Parts.Count;)
                {
                    for (var i = first; i < Math.Min(first + TakenAtOnce, period.Parts.Count); i++)
                        sums[reader].Add(readers[reader], period.Parts[i]);
                }
            });
        }
        finally
        {
            EndReads(readers);
        }

        foreach (var part in sums.Skip(1))
            sums[0].Add(part);
        return sums[0];
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

    /// <summary>Readers of one and the same state. Nobody here writes meanwhile; after a commit of another process there is only one.</summary>
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

    /// <summary>Does the parts of some work side by side: threads of their own start at once, while a pool may be busy or not yet there.</summary>
    private static void InParallel(int count, Action<int> work)
    {
        var failures = new Exception?[count];
        var others = new Thread[count - 1];
        for (var i = 0; i < others.Length; i++)
        {
            var part = i + 1;
            others[i] = new Thread(() => Try(part)) { IsBackground = true };
            others[i].Start();
        }

        Try(0);
        foreach (var other in others)
            other.Join();
        foreach (var failure in failures)
        {
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
        }

        void Try(int part)
        {
            try
            {
                work(part);
            }
            catch (Exception e)
            {
                failures[part] = e;
            }
        }
    }
}
