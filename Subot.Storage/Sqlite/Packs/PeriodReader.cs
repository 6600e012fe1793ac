using System.Runtime.ExceptionServices;
using Subot.Domain;
using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// The contributions of some channels with a root in [from, to), in one state of the database: all of its readers see the same.
/// </summary>
internal sealed class PeriodReader(IReadOnlyList<Database> readers, List<int> channels, long from, long to)
{
    // Below this many threads a second reader costs more than it saves.
    private const long WorthSplitting = 100_000;

    // Packs, many enough to be next to each other in the file for a while, few enough to be done at about the same time in the end.
    private const int TakenAtOnce = 8;

    private readonly List<PackPart> _parts = [];
    private long _threads;

    /// <summary>Finds the packs. The loose contributions, which stand in for some of theirs, go to the visitor.</summary>
    private void Find(ContributionVisitor visit)
    {
        _parts.Clear();
        _threads = 0;
        foreach (var channel in channels)
        {
            AddParts(channel, LooseContributions.Visit(readers[0], channel, from, to, long.MaxValue, visit));
        }
    }

    /// <summary>One sum over all of them, in parts that run side by side.</summary>
    public TSum Sum<TSum>(Func<TSum> zero)
        where TSum : IContributionSum<TSum>
    {
        var sum = zero();
        Find(sum.Add);
        TSum[] sums = [sum, .. readers.Skip(1).Where(_ => _threads >= WorthSplitting).Select(_ => zero())];
        var next = 0;
        SideBySide(sums.Length, reader =>
        {
            // Whoever is free takes the next few: one may be slower, or come late.
            for (int first; (first = Interlocked.Add(ref next, TakenAtOnce) - TakenAtOnce) < _parts.Count;)
            {
                for (var i = first; i < Math.Min(first + TakenAtOnce, _parts.Count); i++)
                    sums[reader].Add(readers[reader], _parts[i]);
            }
        });
        foreach (var part in sums.Skip(1))
            sum.Add(part);
        return sum;
    }

    /// <summary>Several sums over all of them, some side by side: no more are held than there are readers. After another sum.</summary>
    public TResult[] SumEach<TSum, TResult>(int count, Func<int, TSum> zero, Func<TSum, TResult> result)
        where TSum : IContributionSum<TSum> =>
        Each(count, _threads * count < WorthSplitting ? 1 : readers.Count, (reader, at) =>
        {
            var sum = zero(at);
            foreach (var channel in channels)
                LooseContributions.Visit(reader, channel, from, to, long.MaxValue, sum.Add);
            foreach (var part in _parts)
                sum.Add(reader, part);
            return result(sum);
        });

    /// <summary>A sum over each of some parts of the period, some side by side: no more are held than there are readers.</summary>
    public TResult[] SumParts<TSum, TResult>(IReadOnlyList<(Ts From, Ts To)> parts, Func<int, TSum> zero, Func<TSum, TResult> result)
        where TSum : IContributionSum<TSum> =>
        Each(parts.Count, parts.Count == 1 ? 1 : readers.Count, (reader, at) =>
            result(new PeriodReader([reader], channels, parts[at].From.Micros, parts[at].To.Micros).Sum(() => zero(at))));

    /// <summary>Several answers, as many side by side as there are to be parts: whoever is free makes the next one.</summary>
    private TResult[] Each<TResult>(int count, int parts, Func<Database, int, TResult> answer)
    {
        var results = new TResult[count];
        var next = 0;
        SideBySide(parts, part =>
        {
            for (int at; (at = Interlocked.Increment(ref next) - 1) < count;)
                results[at] = answer(readers[part], at);
        });
        return results;
    }

    /// <summary>
    /// Of each channel the first threads that pass a filter, by root: as many as are asked for, and a few more.
    /// </summary>
    public List<(int Channel, PackedThread Thread)> First(PackFilter filter, int most, bool newestFirst)
    {
        var found = new List<(int, PackedThread)>();
        foreach (var channel in channels)
        {
            _parts.Clear();
            var loose = LooseContributions.Visit(readers[0], channel, from, to, long.MaxValue, (in Contribution c, in DimensionNumbers d) =>
            {
                if (filter.Matches(c, d))
                    found.Add((channel, new PackedThread(c, d)));
            });
            AddParts(channel, loose);
            if (newestFirst)
                _parts.Reverse();
            var wanted = most;
            foreach (var part in _parts.TakeWhile(_ => wanted > 0))
            {
                var some = part.Matching(readers[0], filter);
                found.AddRange(some.Select(t => (channel, t)));
                wanted -= some.Count;
            }
        }

        return found;
    }

    private void AddParts(int channel, long[] loose)
    {
        var packs = Pack.Find(readers[0], channel, from, to);
        for (var i = 0; i < packs.Count; i++)
        {
            var (pack, end) = (packs[i], i + 1 < packs.Count ? packs[i + 1].First : long.MaxValue);
            var first = PackPart.FirstAtOrAfter(loose, pack.First);
            var next = PackPart.FirstAtOrAfter(loose, end);
            _parts.Add(new PackPart(pack, end, from, to, new ReadOnlyMemory<long>(loose, first, next - first)));
            _threads += pack.Threads;
        }
    }

    /// <summary>
    /// Does the parts of some work side by side: threads of their own start at once, while a pool may be busy or not yet there.
    /// </summary>
    private static void SideBySide(int count, Action<int> work)
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
