using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Domain.Numbers;

/// <summary>Reads the durations of a request off its course. Each is defined at its field in <see cref="Contribution"/>.</summary>
internal readonly struct Measuring(Ts root, Course course, WorkingClock clock)
{
    public void Into(ref Contribution contribution)
    {
        contribution.FirstResponse = Between(course.ResponseFrom, course.FirstTeamReply);
        contribution.Acknowledged = course.AcknowledgedUnknown ? default : Between(root, course.AcknowledgedAt);
        if (course.NextFrom is { } asked)
            contribution.NextResponse = Between(asked, course.NextReply);
        if (!course.EverSolved || course.FirstSolvedAt is not null)
            contribution.FirstSolved = Between(root, course.FirstSolvedAt);
        if (course is { Phase: Phase.Solved, ClosedAt: { } solved })
            contribution.LastSolved = Between(root, solved);
        if (course.TurnsUnknown)
            return;
        contribution.WaitingOnTeam = Sum(course.OnTeam, Turn.Team);
        if (course.HadRequesterTurn)
            contribution.WaitingOnRequester = Sum(course.OnRequester, Turn.Requester);
    }

    /// <summary>Until the end; without one: until the closing, or still running. Nothing if it was closed at an unknown time.</summary>
    private Measure Between(Ts from, Ts? to)
    {
        if (to is { } end)
            return Ended(MeasureKind.Done, from, end);
        if (course.Phase == Phase.Open)
            return Measure.Since(from.Micros, clock.At(from));
        return course.ClosedAt is { } closed ? Ended(MeasureKind.AtLeast, from, closed) : default;
    }

    private Measure Ended(MeasureKind kind, Ts from, Ts to) => Measure.Of(kind, to - from, clock.Elapsed(from, to));

    private Measure Sum(Elapsed before, Turn turn)
    {
        if (course.Phase != Phase.Open || course.Turn != turn)
            return Measure.Of(MeasureKind.Done, before.Wall, before.Working);
        return Measure.Since(course.TurnSince.Micros - before.Wall, clock.At(course.TurnSince) - before.Working);
    }
}
