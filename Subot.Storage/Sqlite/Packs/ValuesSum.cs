using System.Runtime.InteropServices;
using Subot.Domain.Numbers;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>How many of the requests that pass a filter have each number in a dimension.</summary>
internal sealed class ValuesSum(PackFilter filter, NumbersDimension dimension) : IContributionSum<ValuesSum>
{
    private readonly PackFilter _filter = filter.RequestsOnly();
    private readonly Selection _selection = new();
    private readonly Dictionary<int, long> _requests = [];

    /// <summary>The requests by number; 0 is nobody, or the empty set.</summary>
    public IReadOnlyDictionary<int, long> Requests => _requests;

    public void Add(in Contribution contribution, in DimensionNumbers dimensions)
    {
        if (_filter.Matches(contribution, dimensions))
            Add(dimensions[dimension], 1);
    }

    public void Add(Database database, PackPart part)
    {
        var pack = part.Pack;
        _selection.Begin(pack.Threads);
        if (!_filter.KeepDimensions(database, pack, _selection))
            return;
        using (var row = pack.Read(database, part.IsWhole ? Pack.Sums : Pack.SumsAndRoots))
        {
            if (!part.IsWhole)
                part.LeaveOut(PackTimes.ReadRoots(row.Blob(1), pack.Threads), _selection);
            _filter.KeepStandings(new PackColumns(row.Blob(0), pack.Threads).Traits, _selection);
        }

        using var values = pack.Read(database, PackDimensions.ColumnOf(dimension));
        var numbers = PackDimensions.Read(values.Blob(0), pack.Threads, dimension, _selection.Numbers);
        foreach (var thread in _selection.Choose())
            Add(numbers[thread], 1);
    }

    public void Add(ValuesSum other)
    {
        foreach (var (number, requests) in other._requests)
            Add(number, requests);
    }

    private void Add(int number, long requests) => CollectionsMarshal.GetValueRefOrAddDefault(_requests, number, out _) += requests;
}
