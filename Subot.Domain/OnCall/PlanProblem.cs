namespace Subot.Domain.OnCall;

/// <summary>Why an edit of a plan is refused.</summary>
public enum PlanProblemKind : byte
{
    /// <summary>A rota without anybody.</summary>
    EmptyRota,

    /// <summary>A person who stands in the rota more than once.</summary>
    TwiceInRota,

    /// <summary>A person of the rota who is not in the team.</summary>
    NotInTeam,

    /// <summary>A rota by month that is handed over on a day that not every month has.</summary>
    NoDayOfEveryMonth,

    /// <summary>A hand-over at a minute that no day has.</summary>
    NoTimeOfDay,

    /// <summary>An absence that ends before it begins.</summary>
    EndsBeforeItBegins,

    /// <summary>An absence that is not in the plan.</summary>
    NoSuchAbsence,

    /// <summary>A swap without a rota.</summary>
    NoRota,

    /// <summary>A swap of a person with that person.</summary>
    SwapWithOneself,

    /// <summary>A person of a swap who is not in the rota.</summary>
    NotInRota,

    /// <summary>A person of a swap who has no turn within two rounds.</summary>
    NoTurnInSight,

    /// <summary>A person of a swap who is away during the turn to be taken over.</summary>
    AwayThen,
}

/// <summary>Why an edit of a plan is refused, and whom it is about, if anybody.</summary>
public sealed record PlanProblem(PlanProblemKind Kind, string? User = null)
{
    /// <summary>The problem as a sentence for people; the person is written as Slack shows a mention.</summary>
    public override string ToString() => Kind switch
    {
        PlanProblemKind.EmptyRota => "A rota needs at least one person.",
        PlanProblemKind.TwiceInRota => $"<@{User}> is in the rota twice; name each person once.",
        PlanProblemKind.NotInTeam => $"<@{User}> is not in the team; only members of the team can be in the rota.",
        PlanProblemKind.NoDayOfEveryMonth => "A rota by month is handed over on a day from 1 to 28, for every month has those.",
        PlanProblemKind.NoTimeOfDay => "The time of the hand-over must be from 00:00 to 23:59.",
        PlanProblemKind.EndsBeforeItBegins => $"The absence of <@{User}> ends before it begins; name the first day, then the last.",
        PlanProblemKind.NoSuchAbsence => $"<@{User}> has no such absence.",
        PlanProblemKind.NoRota => "There is no rota, so there are no turns to swap; set up a rota first.",
        PlanProblemKind.SwapWithOneself => $"<@{User}> cannot swap with the same person; name two people.",
        PlanProblemKind.NotInRota => $"<@{User}> is not in the rota, so there is no turn to swap.",
        PlanProblemKind.NoTurnInSight => $"<@{User}> has no turn within the next two rounds of the rota.",
        PlanProblemKind.AwayThen => $"<@{User}> is away during the turn that the swap would bring.",
        _ => Kind.ToString(),
    };
}

/// <summary>What came of an edit: the new plan, or what is wrong with it.</summary>
public sealed class PlanEdit
{
    private PlanEdit(OnCallPlan? plan, IReadOnlyList<PlanProblem> problems) => (Plan, Problems) = (plan, problems);

    /// <summary>The new plan; null if the edit is refused.</summary>
    public OnCallPlan? Plan { get; }

    /// <summary>Why the edit is refused; empty if it is not.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; }

    /// <summary>An edit that is done.</summary>
    internal static PlanEdit Done(OnCallPlan plan) => new(plan, []);

    /// <summary>An edit that is refused.</summary>
    internal static PlanEdit Refused(params IReadOnlyList<PlanProblem> problems) => new(null, problems);
}
