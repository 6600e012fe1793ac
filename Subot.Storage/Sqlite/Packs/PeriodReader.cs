namespace Subot.Storage.Sqlite.Packs;

/// <summary>The contributions of some channels with a root in [from, to), in one state of the database.</summary>
internal sealed class PeriodReader(Database database, List<int> channels, long from, long to)
{
    private readonly List<PackPart> _parts = [];

    /// <summary>The packs, once the loose ones were visited.</summary>
    public IReadOnlyList<PackPart> Parts => _parts;

    /// <summary>About how many threads the packs have.</summary>
    public long Threads { get; private set; }

    /// <summary>Gives the loose ones to the visitor, and finds the packs of the others.</summary>
    public void VisitLoose(ContributionVisitor visit)
    {
        foreach (var channel in channels)
        {
            var loose = LooseContributions.Visit(database, channel, from, to, long.MaxValue, visit);
            var packs = Pack.Find(database, channel, from, to);
            for (var i = 0; i < packs.Count; i++)
                Add(packs[i], i + 1 < packs.Count ? packs[i + 1].First : long.MaxValue, loose);
        }
    }

    private void Add(Pack pack, long end, long[] loose)
    {
        var first = PackPart.FirstAtOrAfter(loose, pack.First);
        var next = PackPart.FirstAtOrAfter(loose, end);
        _parts.Add(new PackPart(pack, from, to, from <= pack.First && end <= to, new ReadOnlyMemory<long>(loose, first, next - first)));
        Threads += pack.Threads;
    }
}
