namespace Subot.Storage.Sqlite.Packs;

/// <summary>The contributions of some channels with a root in [from, to), in one state of the database.</summary>
internal sealed class PeriodReader
{
    private readonly long _from;
    private readonly long _to;
    private readonly Database _database;
    private readonly List<Pack> _packs;
    private readonly Dictionary<int, long[]> _loose = [];

    public PeriodReader(Database database, IReadOnlyList<int> channels, long from, long to)
    {
        (_database, _from, _to) = (database, from, to);
        _packs = [.. channels.SelectMany(c => Pack.Find(database, c, from, to))];
        foreach (var channel in channels)
            _loose[channel] = [];
    }

    /// <summary>About how many there are.</summary>
    public long Records => _packs.Sum(p => p.Records);

    /// <summary>Gives the loose ones to the visitor. To be called before the packs are visited.</summary>
    public void VisitLoose(ContributionVisitor visit)
    {
        foreach (var channel in _loose.Keys)
            _loose[channel] = LooseContributions.Visit(_database, channel, _from, _to, long.MaxValue, visit);
    }

    /// <summary>The packs in parts with about the same number of records.</summary>
    public List<ArraySegment<Pack>> Split(int parts)
    {
        var packs = _packs.ToArray();
        var split = new List<ArraySegment<Pack>>();
        var (start, total, seen) = (0, Records, 0L);
        for (var i = 0; i < packs.Length; i++)
        {
            seen += packs[i].Records;
            if (i + 1 < packs.Length && (split.Count + 1 == parts || seen * parts < total * (split.Count + 1)))
                continue;
            split.Add(new ArraySegment<Pack>(packs, start, i + 1 - start));
            start = i + 1;
        }

        return split;
    }

    /// <summary>Gives the packed ones of a part to the visitor, but for those that are loose.</summary>
    public void Visit(Database database, ArraySegment<Pack> part, ContributionVisitor visit)
    {
        foreach (var pack in part)
            pack.Visit(database, _from, _to, _loose[pack.Channel], visit);
    }
}
