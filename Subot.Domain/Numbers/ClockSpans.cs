using Subot.Domain.Projection;

namespace Subot.Domain.Numbers;

/// <summary>A stretch of time in which the clock of a duration ran; without an end it still runs.</summary>
public readonly record struct ClockSpan(Ts From, Ts? To);

/// <summary>
/// Tells when the clock of a duration ran: what <see cref="Measuring"/> adds up. A duration that runs has a last span without an end; one
/// that a thread has none of has no spans.
/// </summary>
public static class ClockSpans
{
    /// <summary>The spans of a duration of a request, by time; both clocks have the same.</summary>
    /// <param name="thread">A thread that tells its turns.</param>
    public static IReadOnlyList<ClockSpan> Of(DurationName name, ProjectedThread thread)
    {
        if (thread is not { Kind: RootKind.Request, Course: { } course })
            return [];
        var root = thread.Key.Root;
        return name.OnWallClock() switch
        {
            DurationName.FirstResponse => Between(course, course.ResponseFrom, course.FirstTeamReply),
            DurationName.Acknowledged => course.AcknowledgedUnknown ? [] : Between(course, root, course.AcknowledgedAt),
            DurationName.NextResponse => course.NextFrom is { } asked ? Between(course, asked, course.NextReply) : [],
            DurationName.FirstSolved => course is { EverSolved: true, FirstSolvedAt: null } ? [] : Between(course, root, course.FirstSolvedAt),
            DurationName.LastSolved => course is { Phase: Phase.Solved, ClosedAt: { } solved } ? [new ClockSpan(root, solved)] : [],
            DurationName.WaitingOnTeam => TurnsOf(course, Turn.Team),
            _ => course.HadRequesterTurn ? TurnsOf(course, Turn.Requester) : [],
        };
    }

    private static IReadOnlyList<ClockSpan> Between(Course course, Ts from, Ts? to)
    {
        if (to is not null || course.Phase == Phase.Open)
            return [new ClockSpan(from, to)];
        return course.ClosedAt is { } closed ? [new ClockSpan(from, closed)] : [];
    }

    private static IReadOnlyList<ClockSpan> TurnsOf(Course course, Turn turn)
    {
        if (course.TurnsUnknown)
            return [];
        var turns = course.Turns ?? throw new InvalidOperationException("The thread was not projected to tell its turns.");
        var ended = turns.Where(t => t.Turn == turn).Select(t => new ClockSpan(t.From, t.To));
        return [.. ended, .. course.Phase == Phase.Open && course.Turn == turn ? (ClockSpan[])[new ClockSpan(course.TurnSince, null)] : []];
    }
}
