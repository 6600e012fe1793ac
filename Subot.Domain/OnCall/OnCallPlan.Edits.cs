namespace Subot.Domain.OnCall;

/// <summary>
/// Edits: each returns a new plan that is to be valid from the edit's instant on. The old one keeps the answers for before.
/// </summary>
public sealed partial record OnCallPlan
{
    // The channel plays no part where there is a rota.
    private static readonly ChannelId s_anyChannel = new("");

    /// <summary>Somebody is on call from now until the next hand-over of the rota; without a rota until somebody else is named.</summary>
    public OnCallPlan Set(string user, Ts from, TimeZoneInfo zone) =>
        WithoutOpenDuties(from).With(new Duty(from, Rota?.NextHandOver(from, zone) ?? Ts.Max, user));

    /// <summary>
    /// Two people exchange their next turns from now on: of each the first stretch without a break and within one period of the rota. What
    /// is left of a running turn counts as one.
    /// </summary>
    public PlanEdit Swap(string one, string other, Ts from, TimeZoneInfo zone)
    {
        if (Rota is null)
            return PlanEdit.Refused(new PlanProblem(PlanProblemKind.NoRota));
        if (one == other)
            return PlanEdit.Refused(new PlanProblem(PlanProblemKind.SwapWithOneself, one));
        string[] both = [one, other];
        if (both.Where(u => !Rota.People.Contains(u)).ToList() is { Count: > 0 } strangers)
            return PlanEdit.Refused([.. strangers.Select(u => new PlanProblem(PlanProblemKind.NotInRota, u))]);

        if (NextTurn(one, from, zone) is not { } ofOne)
            return PlanEdit.Refused(new PlanProblem(PlanProblemKind.NoTurnInSight, one));
        if (NextTurn(other, from, zone) is not { } ofOther)
            return PlanEdit.Refused(new PlanProblem(PlanProblemKind.NoTurnInSight, other));

        Duty[] duties = [new(ofOne.From, ofOne.To, other), new(ofOther.From, ofOther.To, one)];
        if (duties.Where(d => IsAwayWithin(d, zone)).ToList() is { Count: > 0 } away)
            return PlanEdit.Refused([.. away.Select(d => new PlanProblem(PlanProblemKind.AwayThen, d.User))]);
        return PlanEdit.Done(With(duties));
    }

    /// <summary>Another rota, or none, from now on: who was set or swapped for a later time was so in the rota before it.</summary>
    /// <param name="team">User ids of those who may be on call.</param>
    public PlanEdit WithRota(Rota? rota, IReadOnlySet<string> team, Ts from)
    {
        var problems = rota?.Problems(team).ToList() ?? [];
        return problems.Count > 0 ? PlanEdit.Refused(problems) : PlanEdit.Done(WithoutDutiesFrom(from) with { Rota = rota });
    }

    /// <summary>
    /// A channel's topic names somebody, or nobody any more (null). Who was set until somebody else is named is replaced by a name.
    /// </summary>
    public OnCallPlan WithTopic(ChannelId channel, string? user, Ts from)
    {
        var topics = new Dictionary<string, string>(Topics);
        if (user is null)
        {
            topics.Remove(channel.Value);
            return this with { Topics = topics };
        }

        topics[channel.Value] = user;
        return WithoutOpenDuties(from) with { Topics = topics };
    }

    /// <summary>Somebody is away.</summary>
    public PlanEdit WithAbsence(Absence absence)
    {
        if (absence.To < absence.From)
            return PlanEdit.Refused(new PlanProblem(PlanProblemKind.EndsBeforeItBegins, absence.User));
        return PlanEdit.Done(Absences.Contains(absence) ? this : this with { Absences = [.. Absences, absence] });
    }

    /// <summary>An absence is called off.</summary>
    public PlanEdit WithoutAbsence(Absence absence) => Absences.Contains(absence)
        ? PlanEdit.Done(this with { Absences = [.. Absences.Where(a => a != absence)] })
        : PlanEdit.Refused(new PlanProblem(PlanProblemKind.NoSuchAbsence, absence.User));

    /// <summary>The plan without the duties and absences that were over by an instant: from then on it gives the same answers.</summary>
    public OnCallPlan WithoutWhatEndedBy(Ts instant, TimeZoneInfo zone) => this with
    {
        Duties = [.. Duties.Where(d => d.To > instant)],
        Absences = [.. Absences.Where(a => a.End(zone) > instant)],
    };

    private OnCallPlan With(params IEnumerable<Duty> duties) => this with { Duties = [.. Duties, .. duties] };

    /// <summary>Turns that were set or swapped belong to the rota that they were made for.</summary>
    private OnCallPlan WithoutDutiesFrom(Ts from) => this with
    {
        Duties = [.. Duties.Select(d => d.To > from ? d with { To = from } : d).Where(d => d.From < d.To)],
    };

    private OnCallPlan WithoutOpenDuties(Ts from) => this with
    {
        Duties = [.. Duties.Select(d => d.To == Ts.Max && d.From <= from ? d with { To = from } : d).Where(d => d.From < d.To)],
    };

    private Shift? NextTurn(string user, Ts from, TimeZoneInfo zone)
    {
        var period = Rota!.PeriodAt(from, zone);
        return Enumerable.Range(period, 2 * Rota.People.Count + 1)
            .SelectMany(p => Shifts(s_anyChannel, p == period ? from : Rota.Start(p, zone), Rota.Start(p + 1, zone), zone))
            .FirstOrDefault(s => s.User == user);
    }

    private bool IsAwayWithin(Duty duty, TimeZoneInfo zone) =>
        Absences.Any(a => a.User == duty.User && a.Start(zone) < duty.To && duty.From < a.End(zone));
}
