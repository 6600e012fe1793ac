using Subot.Domain.Actions;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Domain.Numbers;

/// <summary>How a request stands to the response target. Stored: never renumber.</summary>
public enum TargetOutcome : byte
{
    /// <summary>Not judged: closed before it was due, without a reply; or no request.</summary>
    NotJudged = 0,

    /// <summary>A team reply came in time.</summary>
    Met = 1,

    /// <summary>None came in time, and the request was still open when it was due.</summary>
    Breached = 2,

    /// <summary>No reply yet: running until <see cref="Contribution.Due"/>, breached after it.</summary>
    Pending = 3,
}

/// <summary>
/// A time in which a request was open, in seconds since 1970, rounded up: it contains the whole second T when Start &lt;= T &lt; End.
/// </summary>
/// <param name="End"><see cref="uint.MaxValue"/> while it is open.</param>
public readonly record struct OpenSpan(uint Start, uint End);

/// <summary>
/// Everything that one thread adds to the numbers: a small record of instants, durations and flags, computed when the thread changes.
/// Every number is a sum over such records; each of them has at most one value per thread.
/// </summary>
public struct Contribution
{
    /// <summary>The ts of the root, by which a thread belongs to a period.</summary>
    public Ts Root { get; set; }

    /// <summary>What the root is. Only requests count in more than the counts of roots and replies.</summary>
    public RootKind Kind { get; set; }

    /// <summary>The status of the request.</summary>
    public ThreadStatus Status { get; set; }

    /// <summary>Replies that are not deleted.</summary>
    public uint Replies { get; set; }

    /// <summary>
    /// Root (or the last opening after a closing without any team reply) to the first team reply after it, even after solving.
    /// </summary>
    public Measure FirstResponse { get; set; }

    /// <summary>Root to the first team reply or acknowledging emoji of the team.</summary>
    public Measure Acknowledged { get; set; }

    /// <summary>First message of the requester (no courtesy) after the first team reply, to the next team reply.</summary>
    public Measure NextResponse { get; set; }

    /// <summary>Root to the first solving.</summary>
    public Measure FirstSolved { get; set; }

    /// <summary>Root to the standing solving; only of threads that are solved.</summary>
    public Measure LastSolved { get; set; }

    /// <summary>Sum of the team's turns.</summary>
    public Measure WaitingOnTeam { get; set; }

    /// <summary>Sum of the requester's turns, of threads that had one.</summary>
    public Measure WaitingOnRequester { get; set; }

    /// <summary>How it stands to the response target.</summary>
    public TargetOutcome Target { get; set; }

    /// <summary>
    /// The instant at which the response was due, in seconds since 1970, rounded down; only while <see cref="TargetOutcome.Pending"/>.
    /// </summary>
    public uint Due { get; set; }

    /// <summary>Reopenings.</summary>
    public ushort Reopenings { get; set; }

    /// <summary>A reopening came at most seven days after its solving.</summary>
    public bool ReopenedWithinWeek { get; set; }

    /// <summary>There was a solving that was not undone.</summary>
    public bool EverSolved { get; set; }

    /// <summary>A closing of unknown time is estimated in the backlog.</summary>
    public bool CloseEstimated { get; set; }

    /// <summary>The requester's last vote.</summary>
    public Feedback Feedback { get; set; }

    /// <summary>The bot's reply was posted, with an answer that is active and fits: see <see cref="Decisions.AnswersTo"/>.</summary>
    public bool Answered { get; set; }

    /// <summary>Answered, and one of these answers asks whether it was useful.</summary>
    public bool AskedFeedback { get; set; }

    /// <summary>
    /// Answered, no team reply before the first solving, which the requester did, and no reopening at most seven days after a solving. It
    /// compares facts and never waits for the clock. Of a first solving at an unknown time: no team reply and no reopening at all.
    /// </summary>
    public bool Deflected { get; set; }

    /// <summary>
    /// The number of the calendar that was valid at the root, see <see cref="SettingsHistory.Clocks"/>: it made the working seconds.
    /// </summary>
    public ushort Calendar { get; set; }

    /// <summary>The local hour of the week of the root, 0 = Monday 0:00 to 1:00, 167 = Sunday 23:00 to 24:00.</summary>
    public byte HourOfWeek { get; set; }

    /// <summary>The first time in which the request was open.</summary>
    public OpenSpan Open { get; set; }

    /// <summary>Further times, after reopenings; mostly none.</summary>
    public OpenSpan[]? OpenAgain { get; set; }

    /// <summary>What the state of a thread adds to the numbers.</summary>
    public static Contribution Of(ProjectedThread state, SettingsHistory settings)
    {
        var version = settings.At(state.Key.Root);
        var contribution = new Contribution
        {
            Root = state.Key.Root,
            Kind = state.Kind,
            Status = state.Status,
            Replies = (uint)state.Replies,
            Calendar = (ushort)settings.CalendarOf(version, state.Key.Channel),
        };
        if (state.Kind != RootKind.Request)
            return contribution;

        var course = state.Course!;
        var clock = settings.ClockOf(version, state.Key.Channel);
        new Measuring(state.Key.Root, course, clock).Into(ref contribution);
        (contribution.Target, contribution.Due) = ResponseTarget.Judge(course, version.Settings, clock);
        contribution.Reopenings = (ushort)Math.Min(course.Reopenings, ushort.MaxValue);
        contribution.ReopenedWithinWeek = course.ReopenedWithinWeek;
        contribution.EverSolved = course.EverSolved;
        contribution.CloseEstimated = course.Open.Exists(o => o.Estimated);
        contribution.Feedback = state.Feedback;
        contribution.JudgeAnswer(state, course, version.Settings);
        contribution.HourOfWeek = HourOfWeekOf(state.Key.Root, version.Zone);
        contribution.Open = Span(course.Open[0]);
        if (course.Open.Count > 1)
            contribution.OpenAgain = [.. course.Open.Skip(1).Select(Span)];
        return contribution;
    }

    /// <summary>Whether the request was open at a whole second since 1970.</summary>
    public readonly bool WasOpenAt(uint second)
    {
        if (Contains(Open, second))
            return true;
        foreach (var span in OpenAgain ?? [])
        {
            if (Contains(span, second))
                return true;
        }

        return false;
    }

    /// <summary>How it stands to the response target at an instant: what is pending and overdue is breached.</summary>
    public readonly TargetOutcome TargetAt(AsOf asOf) =>
        Target == TargetOutcome.Pending && asOf.Second > Due ? TargetOutcome.Breached : Target;

    /// <summary>The local hour of the week of an instant, Monday first.</summary>
    public static byte HourOfWeekOf(Ts instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone);
        return (byte)((((int)local.DayOfWeek + 6) % 7 * 24) + local.Hour);
    }

    private void JudgeAnswer(ProjectedThread state, Course course, TeamSettings settings)
    {
        if (state.BotReplied is null)
            return;
        foreach (var answer in Decisions.AnswersTo(state, settings).Where(a => a.State == AnswerState.Active))
        {
            Answered = true;
            AskedFeedback |= answer.Feedback;
        }

        var helpedThemselves = course.FirstSolvedAt is { } solved
            ? !(course.FirstTeamReply <= solved)
            : course.FirstTeamReply is null && course.Reopenings == 0;
        Deflected = Answered && course is { EverSolved: true, FirstSolvedByRequester: true, ReopenedWithinWeek: false } && helpedThemselves;
    }

    private static bool Contains(OpenSpan span, uint second) => span.Start <= second && second < span.End;

    private static OpenSpan Span(OpenInterval interval) =>
        new((uint)interval.Start.CeilingSeconds, interval.End is { } end ? (uint)end.CeilingSeconds : uint.MaxValue);
}
