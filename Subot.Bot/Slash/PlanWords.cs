using Subot.Bot.Words;
using Subot.Domain.OnCall;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>Why a plan of who is on call is refused, in the team's language.</summary>
internal static class PlanWords
{
    public static string Say(SlashQuestion question, PlanProblem problem) =>
        question.Say(TextOf(problem.Kind), ("person", problem.User is { } user ? SlackText.User(user) : ""));

    public static TextId TextOf(PlanProblemKind kind) => kind switch
    {
        PlanProblemKind.EmptyRota => TextId.PlanEmptyRota,
        PlanProblemKind.TwiceInRota => TextId.PlanTwiceInRota,
        PlanProblemKind.NotInTeam => TextId.PlanNotInTeam,
        PlanProblemKind.NoDayOfEveryMonth => TextId.PlanNoDayOfEveryMonth,
        PlanProblemKind.NoTimeOfDay => TextId.PlanNoTimeOfDay,
        PlanProblemKind.EndsBeforeItBegins => TextId.PlanEndsBeforeItBegins,
        PlanProblemKind.NoSuchAbsence => TextId.PlanNoSuchAbsence,
        PlanProblemKind.NoRota => TextId.PlanNoRota,
        PlanProblemKind.SwapWithOneself => TextId.PlanSwapWithOneself,
        PlanProblemKind.NotInRota => TextId.PlanNotInRota,
        PlanProblemKind.NoTurnInSight => TextId.PlanNoTurnInSight,
        PlanProblemKind.AwayThen => TextId.PlanAwayThen,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no text"),
    };
}
