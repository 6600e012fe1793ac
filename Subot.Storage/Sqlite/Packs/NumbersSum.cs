using System.Runtime.CompilerServices;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;

namespace Subot.Storage.Sqlite.Packs;

/// <summary>The numbers of the threads that pass a filter. The same as <see cref="NumbersFilter.Matches"/>, with people as numbers.</summary>
internal sealed class NumbersSum(NumbersFilter filter, AsOf asOf, Func<string, int> numberOf) : IContributionSum<NumbersSum>
{
    private readonly bool _everything = filter.IsEmpty;
    private readonly int _statuses = filter.Statuses.Count == 0 ? ~0 : filter.Statuses.Aggregate(0, (bits, s) => bits | (1 << (int)s));
    private readonly HashSet<int> _requesters = [.. filter.Requesters.Select(u => numberOf(u.Value))];
    private readonly HashSet<int> _responders = [.. filter.Responders.Select(u => numberOf(u.Value))];

    /// <summary>What they add up to.</summary>
    public NumbersTally Tally { get; } = new(asOf);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in Contribution contribution, int requester, int responder)
    {
        if (_everything || Matches(contribution, requester, responder))
            Tally.Add(contribution);
    }

    public void Add(NumbersSum other) => Tally.Add(other.Tally);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Matches(in Contribution contribution, int requester, int responder) => contribution.Kind == RootKind.Request
        && (_statuses & (1 << (int)contribution.Status)) != 0
        && (_requesters.Count == 0 || (requester != 0 && _requesters.Contains(requester)))
        && (_responders.Count == 0 || (responder != 0 && _responders.Contains(responder)));
}
