using Subot.Domain;
using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// The numbers of the threads that pass a filter, of each of some steps that follow one another: a pack is read once for all of its steps.
/// </summary>
internal sealed class NumbersSum : IContributionSum<NumbersSum>
{
    private readonly PackFilter _filter;
    private readonly long[] _starts;
    private readonly NumbersTally[] _tallies;
    private readonly Selection _selection = new();
    private readonly PackAdder _adder = new();

    /// <param name="starts">Where each step but the first begins: none for one step.</param>
    public NumbersSum(PackFilter filter, AsOf asOf, params IEnumerable<Ts> starts)
    {
        _filter = filter;
        _starts = [.. starts.Select(s => s.Micros)];
        _tallies = new NumbersTally[_starts.Length + 1];
        for (var step = 0; step < _tallies.Length; step++)
            _tallies[step] = new NumbersTally(asOf);
    }

    /// <summary>What the threads of each step add up to.</summary>
    public IReadOnlyList<NumbersTally> Tallies => _tallies;

    public void Add(in Contribution contribution, in DimensionNumbers dimensions)
    {
        if (_filter.Matches(contribution, dimensions))
            _tallies[StepOf(contribution.Root.Micros)].Add(contribution);
    }

    public void Add(Database database, PackPart part)
    {
        var pack = part.Pack;
        _selection.Begin(pack.Threads);
        if (!_filter.KeepDimensions(database, pack, _selection))
            return;
        var step = StepOf(pack.First);
        var isOfOneStep = part.IsWhole && StepOf(part.End - 1) == step;
        if (_filter.IsEmpty && isOfOneStep)
        {
            using var sums = pack.Read(database, Pack.Sums);
            _adder.AddAll(_tallies[step], new PackColumns(sums.Blob(0), pack.Threads));
            return;
        }

        using var row = pack.Read(database, isOfOneStep ? Pack.SumsAndRows : Pack.SumsRowsAndRoots);
        var columns = new PackColumns(row.Blob(0), pack.Threads);
        var roots = isOfOneStep ? [] : PackTimes.ReadRoots(row.Blob(2), pack.Threads);
        if (!isOfOneStep)
            part.LeaveOut(roots, _selection);
        _filter.KeepStandings(columns.Traits, _selection);
        if (!_selection.Any)
            return;
        var rows = new PackRows(row.Blob(1), pack.Threads);
        if (isOfOneStep)
            _adder.AddChosen(_tallies[step], columns, rows, _selection);
        else
            AddSteps(columns, rows, roots);
    }

    public void Add(NumbersSum other)
    {
        for (var step = 0; step < _tallies.Length; step++)
            _tallies[step].Add(other._tallies[step]);
    }

    private void AddSteps(PackColumns columns, PackRows rows, ReadOnlySpan<long> roots)
    {
        for (var (step, first) = (StepOf(roots[0]), 0); first < roots.Length; step++)
        {
            var end = step < _starts.Length ? PackPart.FirstAtOrAfter(roots, _starts[step]) : roots.Length;
            _selection.Within(first, end);
            if (first < end)
                _adder.AddChosen(_tallies[step], columns, rows, _selection);
            first = end;
        }
    }

    private int StepOf(long root)
    {
        var found = Array.BinarySearch(_starts, root);
        return found < 0 ? ~found : found + 1;
    }
}
