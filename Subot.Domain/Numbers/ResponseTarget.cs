using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Domain.Numbers;

/// <summary>
/// Judges the first response against the target: it is due at the instant at which the working clock, from the start of the first
/// response, reaches the target. met % = met / (met + breached).
/// </summary>
public static class ResponseTarget
{
    /// <summary>The outcome, and the due second while it is pending.</summary>
    public static (TargetOutcome Outcome, uint Due) Judge(Course course, TeamSettings settings, WorkingClock clock)
    {
        var due = clock.Add(course.ResponseFrom, settings.ResponseTargetSeconds * Ts.Second);
        if (course.FirstTeamReply is { } reply && reply <= due)
            return (TargetOutcome.Met, 0);
        if (course.Phase == Phase.Open && course.FirstTeamReply is null)
            return (TargetOutcome.Pending, (uint)Math.Clamp(due.Micros / Ts.Second, 0, uint.MaxValue));

        // A reply after the due time, or none: a breach if somebody was still waiting then.
        var wasOpen = course.Open.Exists(o => o.Start <= due && (o.End is not { } end || due < end));
        return (wasOpen ? TargetOutcome.Breached : TargetOutcome.NotJudged, 0);
    }
}
