using Subot.Domain.Projection;

namespace Subot.Domain.Numbers;

/// <summary>
/// Adds up the contributions of threads. It knows nothing of where they come from; a tally of one part of the threads added to a tally
/// of the rest is the tally of all. Threads come one by one or, for the same result at a fraction of the cost, column by column: then
/// each of the columns has to be added.
/// </summary>
public sealed class NumbersTally
{
    private readonly AsOf _asOf;
    private readonly TraitsTally _traits = new();
    private readonly BothClocks[] _durations = new BothClocks[DurationSets.Count];
    private long _overdue;
    private long _reopenings;
    private long _reopenedThreads;
    private Ts? _oldestOpen;

    /// <summary>A tally of nothing so far.</summary>
    /// <param name="asOf">When those that still wait are looked at.</param>
    public NumbersTally(AsOf asOf)
    {
        _asOf = asOf;
        for (var i = 0; i < _durations.Length; i++)
            _durations[i] = new BothClocks();
    }

    /// <summary>Adds a thread.</summary>
    public void Add(in Contribution thread)
    {
        var traits = Traits.Of(thread);
        AddThreads([traits.Bits], [thread.HourOfWeek], [thread.Replies]);
        if (thread.Kind != RootKind.Request)
            return;

        for (var set = (DurationSet)0; (int)set < DurationSets.Count; set++)
        {
            var measure = DurationSets.Of(thread, set);
            if (measure.Kind == MeasureKind.Waiting)
                AddWaiting(set, [measure.Wall], [measure.Working], [thread.Calendar]);
            else if (measure.Kind != MeasureKind.None)
                AddDurations(set, measure.Kind, [measure.Wall], [measure.Working]);
        }

        if (thread.Target == TargetOutcome.Pending)
            AddPending([thread.Due]);
        if (thread.Reopenings > 0)
            AddReopenings([thread.Reopenings]);
        if (traits.IsOpen)
            AddOpen(thread.Root);
    }

    /// <summary>Adds what is known of every thread: its <see cref="Traits"/>, its hour of the week, its replies.</summary>
    public void AddThreads(ReadOnlySpan<ushort> traits, ReadOnlySpan<byte> hours, ReadOnlySpan<uint> replies) =>
        _traits.Add(traits, hours, replies);

    /// <summary>Adds durations that do not run any more.</summary>
    /// <param name="kind">Done or at least.</param>
    /// <param name="wall">Seconds on the wall clock.</param>
    /// <param name="working">Seconds on the working clock, in any order; those that are missing are 0.</param>
    public void AddDurations(DurationSet set, MeasureKind kind, ReadOnlySpan<uint> wall, ReadOnlySpan<uint> working)
    {
        _durations[(int)set].Wall.Add(kind, wall);
        _durations[(int)set].Working.Add(kind, working, wall.Length - working.Length);
    }

    /// <summary>Adds durations that still run, by their virtual starts and the calendars of their working clocks.</summary>
    public void AddWaiting(DurationSet set, ReadOnlySpan<uint> wall, ReadOnlySpan<uint> working, ReadOnlySpan<ushort> calendars)
    {
        for (var i = 0; i < wall.Length; i++)
        {
            _durations[(int)set].Wall.Add(MeasureKind.Waiting, [_asOf.Age(wall[i])]);
            _durations[(int)set].Working.Add(MeasureKind.Waiting, [_asOf.WorkingAge(working[i], calendars[i])]);
        }
    }

    /// <summary>Adds when the responses that are pending are due, in seconds since 1970.</summary>
    public void AddPending(ReadOnlySpan<uint> due)
    {
        foreach (var second in due)
            _overdue += _asOf.Second > second ? 1 : 0;
    }

    /// <summary>Adds how often each of the threads was reopened that were.</summary>
    public void AddReopenings(ReadOnlySpan<ushort> reopenings)
    {
        foreach (var count in reopenings)
        {
            _reopenings += count;
            _reopenedThreads += count > 0 ? 1 : 0;
        }
    }

    /// <summary>Adds the root of a request that is open now, or of the oldest of several.</summary>
    public void AddOpen(Ts root) => _oldestOpen = _oldestOpen is { } oldest && oldest <= root ? oldest : root;

    /// <summary>Adds threads that are alike, which a store has counted.</summary>
    /// <param name="replies">All of their replies.</param>
    public void AddCounted(Traits traits, int threads, long replies) => _traits.Add(traits, threads, replies);

    /// <summary>Adds requests of an hour of the week, which a store has counted.</summary>
    public void AddCountedHour(int hour, int requests) => _traits.AddHour(hour, requests);

    /// <summary>The tally of a set of durations on one clock, for what a store has counted.</summary>
    public DurationTally Counted(DurationSet set, bool working) => working ? _durations[(int)set].Working : _durations[(int)set].Wall;

    /// <summary>Adds reopenings, which a store has counted.</summary>
    /// <param name="threads">How many threads had any.</param>
    public void AddCountedReopenings(long reopenings, long threads)
    {
        _reopenings += reopenings;
        _reopenedThreads += threads;
    }

    /// <summary>Adds what another tally counted.</summary>
    public void Add(NumbersTally other)
    {
        _traits.Add(other._traits);
        for (var i = 0; i < _durations.Length; i++)
            _durations[i].Add(other._durations[i]);
        _overdue += other._overdue;
        _reopenings += other._reopenings;
        _reopenedThreads += other._reopenedThreads;
        if (other._oldestOpen is { } open)
            AddOpen(open);
    }

    /// <summary>The numbers so far.</summary>
    /// <param name="withMedian">Whether Kaplan-Meier medians make sense, see <see cref="NumbersFilter.KeepsWaiting"/>.</param>
    public TeamNumbers Numbers(bool withMedian = true)
    {
        var counts = _traits.Counts();
        var requests = counts.Roots[(int)RootKind.Request];
        var solved = counts.Statuses[(int)ThreadStatus.Fixed];
        var met = counts.Targets[(int)TargetOutcome.Met];
        var breached = counts.Targets[(int)TargetOutcome.Breached] + _overdue;
        var running = counts.Targets[(int)TargetOutcome.Pending] - _overdue;
        var (useful, useless) = (counts.Feedbacks[(int)Feedback.Useful], counts.Feedbacks[(int)Feedback.Useless]);
        var firstResponse = Wall(DurationSet.FirstResponse, DurationSet.AcknowledgedByResponse);
        var roots = Roots(counts);
        return new TeamNumbers
        {
            Messages = counts.RootsKnown + counts.Replies + counts.RepliesWithoutRoot,
            Roots = roots,
            Replies = counts.Replies,
            RepliesWithoutRoot = counts.RepliesWithoutRoot,
            Requests = requests,
            Responded = firstResponse.N,
            Waiting = firstResponse.Waiting,
            Solved = solved,
            Expired = counts.Statuses[(int)ThreadStatus.Expired],
            Open = counts.Open,
            OldestOpen = _oldestOpen,
            ResolutionRate = Rate(solved, requests),
            FirstResponse = firstResponse,
            FirstResponseWorking = Working(DurationSet.FirstResponse, DurationSet.AcknowledgedByResponse),
            Acknowledged = Wall(DurationSet.Acknowledged, DurationSet.AcknowledgedByResponse),
            AcknowledgedWorking = Working(DurationSet.Acknowledged, DurationSet.AcknowledgedByResponse),
            NextResponse = Wall(DurationSet.NextResponse),
            NextResponseWorking = Working(DurationSet.NextResponse),
            FirstSolved = Wall(DurationSet.FirstSolved, DurationSet.SolvedOnce),
            FirstSolvedWorking = Working(DurationSet.FirstSolved, DurationSet.SolvedOnce),
            LastSolved = Wall(DurationSet.LastSolved, DurationSet.SolvedOnce),
            LastSolvedWorking = Working(DurationSet.LastSolved, DurationSet.SolvedOnce),
            WaitingOnTeam = Wall(DurationSet.WaitingOnTeam),
            WaitingOnTeamWorking = Working(DurationSet.WaitingOnTeam),
            WaitingOnRequester = Wall(DurationSet.WaitingOnRequester),
            WaitingOnRequesterWorking = Working(DurationSet.WaitingOnRequester),
            Target = new TargetNumbers(met, breached, running, counts.Targets[(int)TargetOutcome.NotJudged], Rate(met, met + breached)),
            Reopenings = _reopenings,
            ReopenedThreads = _reopenedThreads,
            EverSolved = counts.EverSolved,
            ReopenRate = Rate(counts.ReopenedWithinWeek, counts.EverSolved),
            EstimatedClosings = counts.Estimated,
            Useful = useful,
            Useless = useless,
            Usefulness = Rate(useful, useful + useless),
            Answered = counts.Answered,
            AskedFeedback = counts.AskedFeedback,
            FeedbackRate = Rate(counts.SaidFeedback, counts.AskedFeedback),
            Deflected = counts.Deflected,
            DeflectionRate = Rate(counts.Deflected, counts.Answered),
            RequestsByHourOfWeek = counts.Hours,
        };

        DurationNumbers Wall(DurationSet set, DurationSet? other = null) =>
            _durations[(int)set].Wall.Numbers(withMedian, other is { } o ? _durations[(int)o].Wall : null);

        DurationNumbers Working(DurationSet set, DurationSet? other = null) =>
            _durations[(int)set].Working.Numbers(withMedian, other is { } o ? _durations[(int)o].Working : null);
    }

    private static Dictionary<RootKind, long> Roots(TraitCounts counts)
    {
        var roots = new Dictionary<RootKind, long>();
        for (var kind = RootKind.Request; kind <= RootKind.Dismissed; kind++)
        {
            if (counts.Roots[(int)kind] > 0)
                roots[kind] = counts.Roots[(int)kind];
        }

        return roots;
    }

    private static double? Rate(long part, long whole) => whole == 0 ? null : (double)part / whole;

    private sealed class BothClocks
    {
        public DurationTally Wall { get; } = new();

        public DurationTally Working { get; } = new();

        public void Add(BothClocks other)
        {
            Wall.Add(other.Wall);
            Working.Add(other.Working);
        }
    }
}
