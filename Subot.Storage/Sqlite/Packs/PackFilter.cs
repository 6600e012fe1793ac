using Subot.Domain.Numbers;
using Subot.Domain.Projection;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>
/// Which threads count. The same as <see cref="NumbersFilter.Matches"/>, with people and sets of ids as numbers of the register.
/// </summary>
internal sealed class PackFilter
{
    private readonly byte[] _standings;

    // By dimension: a 1 for each number that counts; null if it does not matter.
    private readonly byte[]?[] _tables;

    /// <param name="numbersOf">The numbers that stand for a value of a dimension; none if it is not known.</param>
    public PackFilter(NumbersFilter filter, Func<NumbersDimension, string, IEnumerable<int>> numbersOf)
    {
        IsEmpty = filter.IsEmpty;
        _standings = Standings(filter.Statuses);
        _tables =
        [
            Table(NumbersDimension.Requester, [.. filter.Requesters.Select(r => r.Value)]),
            Table(NumbersDimension.Responder, [.. filter.Responders.Select(r => r.Value)]),
            Table(NumbersDimension.Tool, filter.Tools),
            Table(NumbersDimension.Label, filter.Labels),
            Table(NumbersDimension.Answer, filter.Answers),
        ];

        byte[]? Table(NumbersDimension dimension, IReadOnlyList<string> values) =>
            values.Count == 0 ? null : TableOf([.. values.SelectMany(v => numbersOf(dimension, v))]);
    }

    private PackFilter(byte[] standings, byte[]?[] tables)
    {
        _standings = standings;
        _tables = tables;
    }

    /// <summary>Everything counts, what is no request too.</summary>
    public bool IsEmpty { get; }

    /// <summary>The requests among what counts.</summary>
    public PackFilter RequestsOnly() => new(_standings, _tables);

    /// <summary>The requests among what counts that have one of some numbers in a dimension.</summary>
    public PackFilter Only(NumbersDimension dimension, IReadOnlyList<int> numbers)
    {
        var table = TableOf(numbers);
        for (var i = 0; i < table.Length && _tables[(int)dimension] is { } wanted; i++)
            table[i] &= i < wanted.Length ? wanted[i] : (byte)0;
        byte[]?[] tables = [.. _tables];
        tables[(int)dimension] = table;
        return new PackFilter(_standings, tables);
    }

    /// <summary>Whether a thread counts.</summary>
    public bool Matches(in Contribution contribution, in DimensionNumbers dimensions)
    {
        if (IsEmpty)
            return true;
        if (_standings[Traits.Of(contribution).Bits & (Traits.StandingCount - 1)] == 0)
            return false;
        for (var dimension = 0; dimension < _tables.Length; dimension++)
        {
            if (_tables[dimension] is { } table && ((uint)dimensions[(NumbersDimension)dimension] is var number) && (number >= (uint)table.Length || table[number] == 0))
                return false;
        }

        return true;
    }

    /// <summary>Keeps the threads of a pack with the dimensions that are asked for; whether there are any.</summary>
    public bool KeepDimensions(Database database, Pack pack, Selection selection)
    {
        foreach (var (column, first, last) in PackDimensions.Columns)
        {
            if (!_tables.AsSpan((int)first, last - first + 1).ContainsAnyExcept((byte[]?)null))
                continue;
            using var row = pack.Read(database, column);
            for (var dimension = first; dimension <= last; dimension++)
            {
                if (_tables[(int)dimension] is { } table)
                    selection.Keep(PackDimensions.Read(row.Blob(0), pack.Threads, dimension, selection.Numbers), table);
            }

            if (!selection.Any)
                return false;
        }

        return true;
    }

    /// <summary>Keeps the threads of a pack with the kinds and statuses that are asked for.</summary>
    public void KeepStandings(ReadOnlySpan<ushort> traits, Selection selection)
    {
        if (!IsEmpty)
            selection.Keep(traits, _standings);
    }

    /// <summary>A 1 for each kind and status that counts: only requests do.</summary>
    private static byte[] Standings(IReadOnlyList<ThreadStatus> statuses)
    {
        var table = new byte[Traits.StandingCount];
        for (var standing = 0; standing < table.Length; standing++)
        {
            var traits = new Traits((ushort)standing);
            if (traits.Kind == RootKind.Request && (statuses.Count == 0 || statuses.Contains(traits.Status)))
                table[standing] = 1;
        }

        return table;
    }

    private static byte[] TableOf(IReadOnlyList<int> numbers)
    {
        var table = new byte[numbers.Count == 0 ? 0 : numbers.Max() + 1];
        foreach (var number in numbers)
            table[number] = 1;
        return table;
    }
}
