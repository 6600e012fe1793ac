using Subot.Domain.Settings;

namespace Subot.Domain.Projection;

/// <summary>Where a request is on its way.</summary>
public enum Phase : byte
{
    /// <summary>Open.</summary>
    Open = 0,

    /// <summary>Solved: the last solving stands.</summary>
    Solved = 1,

    /// <summary>Closed by silence.</summary>
    Expired = 2,
}

/// <summary>A time in which the request was open; without an end it still is.</summary>
/// <param name="Estimated">It ended at an unknown time; the thread's last message then stands for it.</param>
public readonly record struct OpenInterval(Ts Start, Ts? End, bool Estimated);

/// <summary>A turn that ended.</summary>
public readonly record struct EndedTurn(Turn Turn, Ts From, Ts To);

/// <summary>Microseconds on both clocks.</summary>
public record struct Elapsed(long Wall, long Working)
{
    /// <summary>Adds what passed between two instants.</summary>
    public void Add(Ts from, Ts to, WorkingClock clock)
    {
        Wall += to - from;
        Working += clock.Elapsed(from, to);
    }
}

/// <summary>
/// How a request goes: its turns, its closings and the instants that its durations are made of. The definitions are those of
/// <see cref="Numbers.Contribution"/>.
/// </summary>
public sealed class Course
{
    /// <summary>Where it is.</summary>
    public Phase Phase { get; set; }

    /// <summary>Whose turn it is while it is open.</summary>
    public Turn Turn { get; set; } = Turn.Team;

    /// <summary>Since when it is that turn.</summary>
    public Ts TurnSince { get; set; }

    /// <summary>The turns of the team that ended.</summary>
    public Elapsed OnTeam { get; set; }

    /// <summary>The turns of the requester that ended.</summary>
    public Elapsed OnRequester { get; set; }

    /// <summary>The requester had a turn.</summary>
    public bool HadRequesterTurn { get; set; }

    /// <summary>A turn ended at an unknown time: the sums of turns are not known.</summary>
    public bool TurnsUnknown { get; set; }

    /// <summary>When the present silence began: the last word of the requester or the team that is no courtesy.</summary>
    public Ts SilenceSince { get; set; }

    /// <summary>From when the first response counts: the root, or the last opening while no team reply came.</summary>
    public Ts ResponseFrom { get; set; }

    /// <summary>The first team reply.</summary>
    public Ts? FirstTeamReply { get; set; }

    /// <summary>The first team reply or acknowledging emoji.</summary>
    public Ts? AcknowledgedAt { get; set; }

    /// <summary>An acknowledging emoji of unknown time came before any team reply.</summary>
    public bool AcknowledgedUnknown { get; set; }

    /// <summary>The first message of the requester after the first team reply.</summary>
    public Ts? NextFrom { get; set; }

    /// <summary>The team reply after <see cref="NextFrom"/>.</summary>
    public Ts? NextReply { get; set; }

    /// <summary>A solving happened that was not undone.</summary>
    public bool EverSolved { get; set; }

    /// <summary>The moment of the first solving; null if unknown.</summary>
    public Ts? FirstSolvedAt { get; set; }

    /// <summary>The requester did the first solving: by an emoji, a vote or a command.</summary>
    public bool FirstSolvedByRequester { get; set; }

    /// <summary>The moment of the solving that stands, or of the expiry; null if unknown, or while it is open.</summary>
    public Ts? ClosedAt { get; set; }

    /// <summary>How often the requester reopened it.</summary>
    public int Reopenings { get; set; }

    /// <summary>A reopening came at most seven days after its solving.</summary>
    public bool ReopenedWithinWeek { get; set; }

    /// <summary>The author of the last team message before the solving that stands.</summary>
    public UserId? Responder { get; set; }

    /// <summary>The author of the last team message.</summary>
    public UserId? LastTeamAuthor { get; set; }

    /// <summary>When it was open; the last interval has no end while it is.</summary>
    public List<OpenInterval> Open { get; private set; } = [];

    /// <summary>The turns that ended, one by one, if they are told; stored are their sums alone.</summary>
    public List<EndedTurn>? Turns { get; private set; }

    /// <summary>A course begins: it is the team's turn.</summary>
    /// <param name="tellsTurns">Whether it tells its turns one by one.</param>
    public static Course From(Ts root, bool tellsTurns = false) => new()
    {
        Turns = tellsTurns ? [] : null,
        TurnSince = root,
        SilenceSince = root,
        ResponseFrom = root,
        Open = [new OpenInterval(root, null, false)],
    };

    /// <summary>A copy that goes its own way.</summary>
    public Course Copy()
    {
        var copy = (Course)MemberwiseClone();
        copy.Open = [.. Open];
        copy.Turns = Turns is null ? null : [.. Turns];
        return copy;
    }

    /// <summary>Time passes: a silence may have lasted until the expiry.</summary>
    public void PassTime(Ts now, TeamSettings settings, WorkingClock clock)
    {
        if (Phase != Phase.Open || settings.ExpireAfterSeconds is not { } seconds || now < SilenceSince.AddSeconds(seconds))
            return;

        Close(SilenceSince.AddSeconds(seconds), SilenceSince, clock);
        Phase = Phase.Expired;
    }

    /// <summary>A message of the requester that is no courtesy.</summary>
    public void RequesterWrote(Ts at, WorkingClock clock)
    {
        if (Phase != Phase.Open)
            OpenAgain(at);
        else
            ChangeTurn(Turn.Team, at, clock);

        if (FirstTeamReply is not null)
            NextFrom ??= at;
        SilenceSince = at;
    }

    /// <summary>A reply of the team that is no courtesy.</summary>
    public void TeamWrote(Ts at, UserId author, WorkingClock clock)
    {
        FirstTeamReply ??= at;
        if (!AcknowledgedUnknown)
            AcknowledgedAt ??= at;
        if (NextFrom is not null)
            NextReply ??= at;
        LastTeamAuthor = author;
        if (Phase != Phase.Solved)
            Responder = author;
        if (Phase != Phase.Open)
            return;

        ChangeTurn(Turn.Requester, at, clock);
        HadRequesterTurn = true;
        SilenceSince = at;
    }

    /// <summary>An acknowledging emoji of the team.</summary>
    public void Acknowledged(Ts? at)
    {
        if (AcknowledgedAt is not null || AcknowledgedUnknown)
            return;
        AcknowledgedAt = at;
        AcknowledgedUnknown = at is null;
    }

    /// <summary>A solving begins, at an unknown time if <paramref name="at"/> is null.</summary>
    public void Solve(Ts? at, bool byRequester, Ts lastMessage, WorkingClock clock)
    {
        if (Phase == Phase.Open || at is null)
            Close(at, lastMessage, clock);
        if (!EverSolved)
            (FirstSolvedAt, FirstSolvedByRequester) = (at, byRequester);
        EverSolved = true;
        ClosedAt = at;
        Phase = Phase.Solved;
    }

    /// <summary>It is open again, by the requester or by a correction. After an expiry this is no reopening.</summary>
    public void OpenAgain(Ts at)
    {
        if (Phase == Phase.Solved)
        {
            Reopenings++;
            ReopenedWithinWeek |= ClosedAt is { } solved && at - solved <= 7 * 86400 * Ts.Second;
        }

        if (FirstTeamReply is null)
            ResponseFrom = at;
        Responder = LastTeamAuthor;
        Phase = Phase.Open;
        ClosedAt = null;
        Turn = Turn.Team;
        TurnSince = at;
        SilenceSince = at;
        Open.Add(new OpenInterval(at, null, false));
    }

    private void Close(Ts? at, Ts estimate, WorkingClock clock)
    {
        if (at is { } known)
            EndTurn(known, clock);
        else
            (TurnsUnknown, OnTeam, OnRequester) = (true, default, default);

        // Nothing ends before it began, though an estimate may say so. What was closed by silence does not stay open longer.
        var last = Open[^1];
        var end = at ?? (estimate < last.Start ? last.Start : last.End < estimate ? last.End.Value : estimate);
        Open[^1] = last with { End = end, Estimated = at is null };
        ClosedAt = at;
        Turn = Turn.Nobody;
    }

    private void ChangeTurn(Turn turn, Ts at, WorkingClock clock)
    {
        if (Turn == turn)
            return;
        EndTurn(at, clock);
        Turn = turn;
        TurnSince = at;
    }

    private void EndTurn(Ts at, WorkingClock clock)
    {
        Turns?.Add(new EndedTurn(Turn, TurnSince, at));
        var sum = Turn == Turn.Team ? OnTeam : OnRequester;
        sum.Add(TurnSince, at, clock);
        if (Turn == Turn.Team)
            OnTeam = sum;
        else
            OnRequester = sum;
    }
}
