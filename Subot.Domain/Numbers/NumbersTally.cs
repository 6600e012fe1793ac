using System.Runtime.CompilerServices;
using Subot.Domain.Projection;

namespace Subot.Domain.Numbers;

/// <summary>
/// Adds up the contributions of threads. It knows nothing of where they come from; a tally of one part of the threads added to a tally
/// of the rest is the tally of all.
/// </summary>
public sealed class NumbersTally(AsOf asOf)
{
    private readonly long[] _roots = new long[7];
    private readonly long[] _statuses = new long[6];
    private readonly long[] _target = new long[4];
    private readonly long[] _hours = new long[168];
    private readonly BothClocks _firstResponse = new();
    private readonly BothClocks _acknowledged = new();
    private readonly BothClocks _acknowledgedByResponse = new();
    private readonly BothClocks _nextResponse = new();
    private readonly BothClocks _firstSolved = new();
    private readonly BothClocks _lastSolved = new();
    private readonly BothClocks _solvedOnce = new();
    private readonly BothClocks _waitingOnTeam = new();
    private readonly BothClocks _waitingOnRequester = new();
    private long _replies;
    private long _repliesWithoutRoot;
    private long _reopenings;
    private long _reopenedThreads;
    private long _reopenedWithinWeek;
    private long _everSolved;
    private long _estimated;
    private long _useful;
    private long _useless;
    private long _openNow;
    private Ts? _oldestOpen;

    /// <summary>Adds a thread. Optimised at once: the first question of a process adds up a million.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in Contribution thread)
    {
        _roots[(int)thread.Kind]++;
        if (thread.Kind == RootKind.Missing)
            _repliesWithoutRoot += thread.Replies;
        else
            _replies += thread.Replies;
        if (thread.Kind != RootKind.Request)
            return;

        _statuses[(int)thread.Status]++;
        _hours[thread.HourOfWeek]++;
        var working = asOf.Working(thread.Calendar);
        AddTwo(thread.FirstResponse, thread.Acknowledged, _acknowledgedByResponse, _firstResponse, _acknowledged, working);
        _nextResponse.Add(thread.NextResponse, asOf.Second, working);
        AddTwo(thread.FirstSolved, thread.LastSolved, _solvedOnce, _firstSolved, _lastSolved, working);
        _waitingOnTeam.Add(thread.WaitingOnTeam, asOf.Second, working);
        _waitingOnRequester.Add(thread.WaitingOnRequester, asOf.Second, working);

        var breachedByNow = thread.Target == TargetOutcome.Pending && asOf.Second > thread.Due;
        _target[(int)(breachedByNow ? TargetOutcome.Breached : thread.Target)]++;
        _reopenings += thread.Reopenings;
        _reopenedThreads += thread.Reopenings > 0 ? 1 : 0;
        _reopenedWithinWeek += thread.ReopenedWithinWeek ? 1 : 0;
        _everSolved += thread.EverSolved ? 1 : 0;
        _estimated += thread.CloseEstimated ? 1 : 0;
        _useful += thread.Feedback == Feedback.Useful ? 1 : 0;
        _useless += thread.Feedback == Feedback.Useless ? 1 : 0;
        if (thread.Status is ThreadStatus.Unresponded or ThreadStatus.Responded)
        {
            _openNow++;
            _oldestOpen = _oldestOpen is { } oldest && oldest <= thread.Root ? oldest : thread.Root;
        }
    }

    /// <summary>Adds what another tally counted.</summary>
    public void Add(NumbersTally other)
    {
        AddAll(_roots, other._roots);
        AddAll(_statuses, other._statuses);
        AddAll(_target, other._target);
        AddAll(_hours, other._hours);
        _firstResponse.Add(other._firstResponse);
        _acknowledged.Add(other._acknowledged);
        _acknowledgedByResponse.Add(other._acknowledgedByResponse);
        _nextResponse.Add(other._nextResponse);
        _firstSolved.Add(other._firstSolved);
        _lastSolved.Add(other._lastSolved);
        _solvedOnce.Add(other._solvedOnce);
        _waitingOnTeam.Add(other._waitingOnTeam);
        _waitingOnRequester.Add(other._waitingOnRequester);
        _replies += other._replies;
        _repliesWithoutRoot += other._repliesWithoutRoot;
        _reopenings += other._reopenings;
        _reopenedThreads += other._reopenedThreads;
        _reopenedWithinWeek += other._reopenedWithinWeek;
        _everSolved += other._everSolved;
        _estimated += other._estimated;
        _useful += other._useful;
        _useless += other._useless;
        _openNow += other._openNow;
        if (_oldestOpen is null || other._oldestOpen < _oldestOpen)
            _oldestOpen = other._oldestOpen ?? _oldestOpen;
    }

    /// <summary>The numbers so far.</summary>
    /// <param name="withMedian">Whether Kaplan-Meier medians make sense, see <see cref="NumbersFilter.KeepsWaiting"/>.</param>
    public TeamNumbers Numbers(bool withMedian = true)
    {
        var requests = _roots[(int)RootKind.Request];
        var solved = _statuses[(int)ThreadStatus.Fixed];
        var met = _target[(int)TargetOutcome.Met];
        var breached = _target[(int)TargetOutcome.Breached];
        var (first, acknowledged) = (_firstResponse.With(_acknowledgedByResponse), _acknowledged.With(_acknowledgedByResponse));
        var (firstSolved, lastSolved) = (_firstSolved.With(_solvedOnce), _lastSolved.With(_solvedOnce));
        var firstResponse = first.Wall.Numbers(withMedian);
        var roots = Enum.GetValues<RootKind>().Where(k => k != RootKind.Missing && _roots[(int)k] > 0).ToDictionary(k => k, k => _roots[(int)k]);
        return new TeamNumbers
        {
            Messages = roots.Values.Sum() + _replies + _repliesWithoutRoot,
            Roots = roots,
            Replies = _replies,
            RepliesWithoutRoot = _repliesWithoutRoot,
            Requests = requests,
            Responded = firstResponse.N,
            Waiting = firstResponse.Waiting,
            Solved = solved,
            Expired = _statuses[(int)ThreadStatus.Expired],
            Open = _openNow,
            OldestOpen = _oldestOpen,
            ResolutionRate = Rate(solved, requests),
            FirstResponse = firstResponse,
            FirstResponseWorking = first.Working.Numbers(withMedian),
            Acknowledged = acknowledged.Wall.Numbers(withMedian),
            AcknowledgedWorking = acknowledged.Working.Numbers(withMedian),
            NextResponse = _nextResponse.Wall.Numbers(withMedian),
            NextResponseWorking = _nextResponse.Working.Numbers(withMedian),
            FirstSolved = firstSolved.Wall.Numbers(withMedian),
            FirstSolvedWorking = firstSolved.Working.Numbers(withMedian),
            LastSolved = lastSolved.Wall.Numbers(withMedian),
            LastSolvedWorking = lastSolved.Working.Numbers(withMedian),
            WaitingOnTeam = _waitingOnTeam.Wall.Numbers(withMedian),
            WaitingOnTeamWorking = _waitingOnTeam.Working.Numbers(withMedian),
            WaitingOnRequester = _waitingOnRequester.Wall.Numbers(withMedian),
            WaitingOnRequesterWorking = _waitingOnRequester.Working.Numbers(withMedian),
            Target = new TargetNumbers(met, breached, _target[(int)TargetOutcome.Pending], _target[(int)TargetOutcome.NotJudged], Rate(met, met + breached)),
            Reopenings = _reopenings,
            ReopenedThreads = _reopenedThreads,
            EverSolved = _everSolved,
            ReopenRate = Rate(_reopenedWithinWeek, _everSolved),
            EstimatedClosings = _estimated,
            Useful = _useful,
            Useless = _useless,
            Usefulness = Rate(_useful, _useful + _useless),
            RequestsByHourOfWeek = [.. _hours],
        };
    }

    /// <summary>Two durations that are mostly one and the same: then they are counted in one place, for both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddTwo(Measure first, Measure second, BothClocks both, BothClocks onlyFirst, BothClocks onlySecond, long working)
    {
        if (first == second)
        {
            both.Add(first, asOf.Second, working);
            return;
        }

        onlyFirst.Add(first, asOf.Second, working);
        onlySecond.Add(second, asOf.Second, working);
    }

    private static double? Rate(long part, long whole) => whole == 0 ? null : (double)part / whole;

    private static void AddAll(long[] sums, long[] others)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += others[i];
    }

    private sealed class BothClocks
    {
        public DurationTally Wall { get; } = new();

        public DurationTally Working { get; } = new();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Measure measure, long now, long working)
        {
            if (measure.Kind == MeasureKind.None)
                return;
            Wall.Add(measure.Kind, measure.Wall, now);
            Working.Add(measure.Kind, measure.Working, working);
        }

        /// <summary>Both added up, in a third.</summary>
        public BothClocks With(BothClocks other)
        {
            var sum = new BothClocks();
            sum.Add(this);
            sum.Add(other);
            return sum;
        }

        public void Add(BothClocks other)
        {
            Wall.Add(other.Wall);
            Working.Add(other.Working);
        }
    }
}
