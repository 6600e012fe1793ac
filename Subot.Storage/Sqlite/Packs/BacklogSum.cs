using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// How many requests were open at each of some seconds. A thread counts by where it opens and closes, however many lie between.
/// </summary>
internal sealed class BacklogSum(uint[] ascending) : IContributionSum<BacklogSum>
{
    private readonly long[] _changes = new long[ascending.Length + 1];
    private readonly Selection _selection = new();

    /// <summary>The counts, in the order of the seconds.</summary>
    public long[] Counts()
    {
        var counts = new long[ascending.Length];
        long open = 0;
        for (var i = 0; i < counts.Length; i++)
            counts[i] = open += _changes[i];
        return counts;
    }

    public void Add(in Contribution contribution, in DimensionNumbers dimensions)
    {
        if (contribution.Kind != Domain.Projection.RootKind.Request)
            return;
        Add(contribution.Open);
        foreach (var again in contribution.OpenAgain ?? [])
            Add(again);
    }

    public void Add(Database database, PackPart part)
    {
        using var row = part.Pack.Read(database, Pack.RootsAndTimes);
        var times = new PackTimes(row.Blob(0), row.Blob(1), part.Pack.Threads);
        _selection.Begin(part.Pack.Threads);
        part.LeaveOut(times.Roots, _selection);
        foreach (var thread in _selection.Choose())
            Add(times.Open(thread));
        var spans = times.Spans;
        for (var i = 0; i < times.Reopened.Length; i++)
        {
            foreach (var again in spans[..times.SpanCounts[i]])
            {
                if (_selection.Mask[times.Reopened[i]] != 0)
                    Add(again);
            }

            spans = spans[times.SpanCounts[i]..];
        }
    }

    public void Add(BacklogSum other)
    {
        for (var i = 0; i < _changes.Length; i++)
            _changes[i] += other._changes[i];
    }

    private void Add(OpenSpan span)
    {
        if (span.Start >= span.End)
            return;
        _changes[FirstAtOrAfter(span.Start)]++;
        _changes[FirstAtOrAfter(span.End)]--;
    }

    private int FirstAtOrAfter(uint second)
    {
        var found = Array.BinarySearch(ascending, second);
        return found < 0 ? ~found : found;
    }
}
