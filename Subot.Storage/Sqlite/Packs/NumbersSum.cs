using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>The numbers of the threads that pass a filter.</summary>
internal sealed class NumbersSum : IContributionSum<NumbersSum>
{
    private readonly PackFilter _filter;
    private readonly Selection _selection = new();
    private readonly PackAdder _adder;

    public NumbersSum(PackFilter filter, AsOf asOf)
    {
        _filter = filter;
        Tally = new NumbersTally(asOf);
        _adder = new PackAdder(Tally);
    }

    /// <summary>What they add up to.</summary>
    public NumbersTally Tally { get; }

    public void Add(in Contribution contribution, in DimensionNumbers dimensions)
    {
        if (_filter.Matches(contribution, dimensions))
            Tally.Add(contribution);
    }

    public void Add(Database database, PackPart part)
    {
        var pack = part.Pack;
        _selection.Begin(pack.Threads);
        if (!_filter.KeepDimensions(database, pack, _selection))
            return;
        if (_filter.IsEmpty && part.IsWhole)
        {
            using var sums = pack.Read(database, Pack.Sums);
            _adder.Add(new PackColumns(sums.Blob(0), pack.Threads));
            return;
        }

        using var row = pack.Read(database, part.IsWhole ? Pack.SumsAndRows : Pack.SumsRowsAndRoots);
        var columns = new PackColumns(row.Blob(0), pack.Threads);
        if (!part.IsWhole)
            part.LeaveOut(PackTimes.ReadRoots(row.Blob(2), pack.Threads), _selection);
        _filter.KeepStandings(columns.Traits, _selection);
        if (_selection.Any)
            _adder.Add(columns, new PackRows(row.Blob(1), pack.Threads), _selection);
    }

    public void Add(NumbersSum other) => Tally.Add(other.Tally);
}
