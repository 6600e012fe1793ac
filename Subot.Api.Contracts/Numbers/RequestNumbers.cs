using Subot.Domain.Numbers;

namespace Subot.Api.Contracts.Numbers;

/// <summary>The response target: met_rate = met / (met + breached).</summary>
/// <param name="Running">Open, no reply, not due yet.</param>
/// <param name="NotJudged">Closed before it was due, without a reply.</param>
public sealed record TargetCounts(long Met, long Breached, long Running, long NotJudged, double? MetRate);

/// <summary>
/// The numbers of the requests of a period. Each is a sum over the requests whose root lies in it; <see cref="Contribution"/> defines what
/// each of them adds.
/// </summary>
public sealed record RequestNumbers
{
    /// <summary>Roots and replies.</summary>
    public required long Messages { get; init; }

    /// <summary>Roots by what they are: request, team, bot, deleted, other, dismissed, missing.</summary>
    public required IReadOnlyDictionary<string, long> Roots { get; init; }

    /// <inheritdoc cref="TeamNumbers.Replies"/>
    public required long Replies { get; init; }

    /// <inheritdoc cref="TeamNumbers.RepliesWithoutRoot"/>
    public required long RepliesWithoutRoot { get; init; }

    /// <inheritdoc cref="TeamNumbers.Requests"/>
    public required long Requests { get; init; }

    /// <inheritdoc cref="TeamNumbers.Responded"/>
    public required long Responded { get; init; }

    /// <inheritdoc cref="TeamNumbers.Waiting"/>
    public required long Waiting { get; init; }

    /// <inheritdoc cref="TeamNumbers.Solved"/>
    public required long Solved { get; init; }

    /// <inheritdoc cref="TeamNumbers.Expired"/>
    public required long Expired { get; init; }

    /// <inheritdoc cref="TeamNumbers.Open"/>
    public required long Open { get; init; }

    /// <inheritdoc cref="TeamNumbers.OldestOpen"/>
    public required DateTimeOffset? OldestOpen { get; init; }

    /// <inheritdoc cref="TeamNumbers.ResolutionRate"/>
    public required double? ResolutionRate { get; init; }

    /// <inheritdoc cref="Contribution.FirstResponse"/>
    public required Durations FirstResponse { get; init; }

    /// <inheritdoc cref="Contribution.FirstResponse"/>
    public required Durations FirstResponseWorking { get; init; }

    /// <inheritdoc cref="Contribution.Acknowledged"/>
    public required Durations Acknowledged { get; init; }

    /// <inheritdoc cref="Contribution.Acknowledged"/>
    public required Durations AcknowledgedWorking { get; init; }

    /// <inheritdoc cref="Contribution.NextResponse"/>
    public required Durations NextResponse { get; init; }

    /// <inheritdoc cref="Contribution.NextResponse"/>
    public required Durations NextResponseWorking { get; init; }

    /// <inheritdoc cref="Contribution.FirstSolved"/>
    public required Durations FirstSolved { get; init; }

    /// <inheritdoc cref="Contribution.FirstSolved"/>
    public required Durations FirstSolvedWorking { get; init; }

    /// <inheritdoc cref="Contribution.LastSolved"/>
    public required Durations LastSolved { get; init; }

    /// <inheritdoc cref="Contribution.LastSolved"/>
    public required Durations LastSolvedWorking { get; init; }

    /// <inheritdoc cref="Contribution.WaitingOnTeam"/>
    public required Durations WaitingOnTeam { get; init; }

    /// <inheritdoc cref="Contribution.WaitingOnTeam"/>
    public required Durations WaitingOnTeamWorking { get; init; }

    /// <inheritdoc cref="Contribution.WaitingOnRequester"/>
    public required Durations WaitingOnRequester { get; init; }

    /// <inheritdoc cref="Contribution.WaitingOnRequester"/>
    public required Durations WaitingOnRequesterWorking { get; init; }

    /// <inheritdoc cref="TeamNumbers.Target"/>
    public required TargetCounts ResponseTarget { get; init; }

    /// <inheritdoc cref="TeamNumbers.Reopenings"/>
    public required long Reopenings { get; init; }

    /// <inheritdoc cref="TeamNumbers.ReopenedThreads"/>
    public required long ReopenedThreads { get; init; }

    /// <inheritdoc cref="TeamNumbers.EverSolved"/>
    public required long EverSolved { get; init; }

    /// <inheritdoc cref="TeamNumbers.ReopenRate"/>
    public required double? ReopenRate { get; init; }

    /// <inheritdoc cref="TeamNumbers.EstimatedClosings"/>
    public required long EstimatedClosings { get; init; }

    /// <inheritdoc cref="TeamNumbers.Useful"/>
    public required long Useful { get; init; }

    /// <inheritdoc cref="TeamNumbers.Useless"/>
    public required long Useless { get; init; }

    /// <inheritdoc cref="TeamNumbers.Usefulness"/>
    public required double? Usefulness { get; init; }

    /// <inheritdoc cref="TeamNumbers.Answered"/>
    public required long Answered { get; init; }

    /// <inheritdoc cref="TeamNumbers.AskedFeedback"/>
    public required long AskedFeedback { get; init; }

    /// <inheritdoc cref="TeamNumbers.FeedbackRate"/>
    public required double? FeedbackRate { get; init; }

    /// <inheritdoc cref="TeamNumbers.Deflected"/>
    public required long Deflected { get; init; }

    /// <inheritdoc cref="TeamNumbers.DeflectionRate"/>
    public required double? DeflectionRate { get; init; }

    /// <summary>The numbers as the API tells them.</summary>
    public static RequestNumbers Of(TeamNumbers n) => new()
    {
        Messages = n.Messages,
        Roots = n.Roots.OrderBy(r => Word.Of(r.Key), StringComparer.Ordinal).ToDictionary(r => Word.Of(r.Key), r => r.Value),
        Replies = n.Replies,
        RepliesWithoutRoot = n.RepliesWithoutRoot,
        Requests = n.Requests,
        Responded = n.Responded,
        Waiting = n.Waiting,
        Solved = n.Solved,
        Expired = n.Expired,
        Open = n.Open,
        OldestOpen = n.OldestOpen?.ToDateTimeOffset(),
        ResolutionRate = Rounded.To6(n.ResolutionRate),
        FirstResponse = Durations.Of(n.FirstResponse),
        FirstResponseWorking = Durations.Of(n.FirstResponseWorking),
        Acknowledged = Durations.Of(n.Acknowledged),
        AcknowledgedWorking = Durations.Of(n.AcknowledgedWorking),
        NextResponse = Durations.Of(n.NextResponse),
        NextResponseWorking = Durations.Of(n.NextResponseWorking),
        FirstSolved = Durations.Of(n.FirstSolved),
        FirstSolvedWorking = Durations.Of(n.FirstSolvedWorking),
        LastSolved = Durations.Of(n.LastSolved),
        LastSolvedWorking = Durations.Of(n.LastSolvedWorking),
        WaitingOnTeam = Durations.Of(n.WaitingOnTeam),
        WaitingOnTeamWorking = Durations.Of(n.WaitingOnTeamWorking),
        WaitingOnRequester = Durations.Of(n.WaitingOnRequester),
        WaitingOnRequesterWorking = Durations.Of(n.WaitingOnRequesterWorking),
        ResponseTarget = new TargetCounts(n.Target.Met, n.Target.Breached, n.Target.Running, n.Target.NotJudged, Rounded.To6(n.Target.MetRate)),
        Reopenings = n.Reopenings,
        ReopenedThreads = n.ReopenedThreads,
        EverSolved = n.EverSolved,
        ReopenRate = Rounded.To6(n.ReopenRate),
        EstimatedClosings = n.EstimatedClosings,
        Useful = n.Useful,
        Useless = n.Useless,
        Usefulness = Rounded.To6(n.Usefulness),
        Answered = n.Answered,
        AskedFeedback = n.AskedFeedback,
        FeedbackRate = Rounded.To6(n.FeedbackRate),
        Deflected = n.Deflected,
        DeflectionRate = Rounded.To6(n.DeflectionRate),
    };
}
