using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>The numbers of the threads that pass a filter. The same as <see cref="NumbersFilter.Matches"/>, with people as numbers.</summary>
internal sealed class NumbersSum : IContributionSum<NumbersSum>
{
    private readonly bool _everything;
    private readonly byte[] _standings = new byte[Traits.StandingCount];
    private readonly byte[]? _requesters;
    private readonly byte[]? _responders;
    private readonly Selection _selection = new();
    private readonly PackAdder _adder;

    public NumbersSum(NumbersFilter filter, AsOf asOf, Func<UserId, int> numberOf)
    {
        _everything = filter.IsEmpty;
        var statuses = filter.Statuses.Count == 0 ? ~0 : 0;
        for (var i = 0; i < filter.Statuses.Count; i++)
            statuses |= 1 << (int)filter.Statuses[i];
        for (var standing = 0; standing < _standings.Length; standing++)
        {
            var traits = new Traits((ushort)standing);
            if (traits.Kind == RootKind.Request && (statuses & (1 << (int)traits.Status)) != 0)
                _standings[standing] = 1;
        }

        _requesters = Table(filter.Requesters, numberOf);
        _responders = Table(filter.Responders, numberOf);
        Tally = new NumbersTally(asOf);
        _adder = new PackAdder(Tally);
    }

    /// <summary>What they add up to.</summary>
    public NumbersTally Tally { get; }

    public void Add(in Contribution contribution, int requester, int responder)
    {
        if (_everything || Matches(contribution, requester, responder))
            Tally.Add(contribution);
    }

    public void Add(Database database, PackPart part)
    {
        var pack = part.Pack;
        _selection.Begin(pack.Threads);
        if (!KeepPeople(database, pack))
            return;
        if (_everything && part.IsWhole)
        {
            using var sums = pack.Read(database, Pack.Sums);
            _adder.Add(new PackColumns(sums.Blob(0), pack.Threads));
            return;
        }

        using var row = pack.Read(database, part.IsWhole ? Pack.SumsAndRows : Pack.SumsRowsAndRoots);
        var columns = new PackColumns(row.Blob(0), pack.Threads);
        if (!part.IsWhole)
            part.LeaveOut(PackTimes.ReadRoots(row.Blob(2), pack.Threads), _selection);
        if (!_everything)
            _selection.Keep(columns.Traits, _standings);
        if (_selection.Any)
            _adder.Add(columns, new PackRows(row.Blob(1), pack.Threads), _selection);
    }

    public void Add(NumbersSum other) => Tally.Add(other.Tally);

    /// <summary>Keeps the threads of the people that are asked for; whether there are any.</summary>
    private bool KeepPeople(Database database, Pack pack)
    {
        if (_requesters is null && _responders is null)
            return true;
        using var row = pack.Read(database, Pack.People);
        var people = new ColumnReader(row.Blob(0));
        var requesters = people.Next<int>(pack.Threads);
        var responders = people.Next<int>(pack.Threads);
        people.End();
        if (_requesters is not null)
            _selection.Keep(requesters, _requesters);
        if (_responders is not null)
            _selection.Keep(responders, _responders);
        return _selection.Any;
    }

    private bool Matches(in Contribution contribution, int requester, int responder) =>
        _standings[Traits.Of(contribution).Bits & (Traits.StandingCount - 1)] != 0
        && (_requesters is null || IsIn(_requesters, requester))
        && (_responders is null || IsIn(_responders, responder));

    private static bool IsIn(byte[] table, int number) => (uint)number < (uint)table.Length && table[number] != 0;

    /// <summary>A 1 for each of some people; null if it does not matter who it is. Nobody is 0, and so is who is not known.</summary>
    private static byte[]? Table(IReadOnlyList<UserId> people, Func<UserId, int> numberOf)
    {
        if (people.Count == 0)
            return null;
        var numbers = new int[people.Count];
        var most = 0;
        for (var i = 0; i < numbers.Length; i++)
            most = Math.Max(most, numbers[i] = numberOf(people[i]));
        var table = new byte[most + 1];
        foreach (var number in numbers)
            table[number] = 1;
        table[0] = 0;
        return table;
    }
}
