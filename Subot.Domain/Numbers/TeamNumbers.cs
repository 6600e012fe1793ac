using Subot.Domain.Projection;

namespace Subot.Domain.Numbers;

/// <summary>The response target: met % = met / (met + breached).</summary>
/// <param name="Running">Open, no reply, not due yet.</param>
/// <param name="NotJudged">Closed before it was due, without a reply.</param>
public sealed record TargetNumbers(long Met, long Breached, long Running, long NotJudged, double? MetRate);

/// <summary>
/// The numbers of the requests of a period. Every one of them is a sum over <see cref="Contribution"/>s, whose fields carry the
/// definitions; a rate over nothing is null, never 0.
/// </summary>
public sealed record TeamNumbers
{
    /// <summary>Roots and replies.</summary>
    public required long Messages { get; init; }

    /// <summary>Roots by what they are.</summary>
    public required IReadOnlyDictionary<RootKind, long> Roots { get; init; }

    /// <summary>Replies in threads whose root is known.</summary>
    public required long Replies { get; init; }

    /// <summary>Replies in threads whose root is not known.</summary>
    public required long RepliesWithoutRoot { get; init; }

    /// <summary>Requests.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests with a first response.</summary>
    public required long Responded { get; init; }

    /// <summary>Requests that still wait for their first response.</summary>
    public required long Waiting { get; init; }

    /// <summary>Requests that are solved now.</summary>
    public required long Solved { get; init; }

    /// <summary>Requests that were closed by silence.</summary>
    public required long Expired { get; init; }

    /// <summary>Requests that are open now.</summary>
    public required long Open { get; init; }

    /// <summary>The oldest request that is open now.</summary>
    public required Ts? OldestOpen { get; init; }

    /// <summary>solved / requests.</summary>
    public required double? ResolutionRate { get; init; }

    /// <inheritdoc cref="Contribution.FirstResponse"/>
    public required DurationNumbers FirstResponse { get; init; }

    /// <inheritdoc cref="Contribution.FirstResponse"/>
    public required DurationNumbers FirstResponseWorking { get; init; }

    /// <inheritdoc cref="Contribution.Acknowledged"/>
    public required DurationNumbers Acknowledged { get; init; }

    /// <inheritdoc cref="Contribution.Acknowledged"/>
    public required DurationNumbers AcknowledgedWorking { get; init; }

    /// <inheritdoc cref="Contribution.NextResponse"/>
    public required DurationNumbers NextResponse { get; init; }

    /// <inheritdoc cref="Contribution.NextResponse"/>
    public required DurationNumbers NextResponseWorking { get; init; }

    /// <inheritdoc cref="Contribution.FirstSolved"/>
    public required DurationNumbers FirstSolved { get; init; }

    /// <inheritdoc cref="Contribution.FirstSolved"/>
    public required DurationNumbers FirstSolvedWorking { get; init; }

    /// <inheritdoc cref="Contribution.LastSolved"/>
    public required DurationNumbers LastSolved { get; init; }

    /// <inheritdoc cref="Contribution.LastSolved"/>
    public required DurationNumbers LastSolvedWorking { get; init; }

    /// <inheritdoc cref="Contribution.WaitingOnTeam"/>
    public required DurationNumbers WaitingOnTeam { get; init; }

    /// <inheritdoc cref="Contribution.WaitingOnTeam"/>
    public required DurationNumbers WaitingOnTeamWorking { get; init; }

    /// <inheritdoc cref="Contribution.WaitingOnRequester"/>
    public required DurationNumbers WaitingOnRequester { get; init; }

    /// <inheritdoc cref="Contribution.WaitingOnRequester"/>
    public required DurationNumbers WaitingOnRequesterWorking { get; init; }

    /// <summary>The response target.</summary>
    public required TargetNumbers Target { get; init; }

    /// <summary>Reopenings.</summary>
    public required long Reopenings { get; init; }

    /// <summary>Threads with a reopening.</summary>
    public required long ReopenedThreads { get; init; }

    /// <summary>Threads ever solved.</summary>
    public required long EverSolved { get; init; }

    /// <summary>Threads with a reopening at most 7 days after a solving / threads ever solved.</summary>
    public required double? ReopenRate { get; init; }

    /// <summary>Requests of which a closing has an unknown time.</summary>
    public required long EstimatedClosings { get; init; }

    /// <summary>Last votes 'useful'.</summary>
    public required long Useful { get; init; }

    /// <summary>Last votes 'not useful'.</summary>
    public required long Useless { get; init; }

    /// <summary>useful / (useful + useless).</summary>
    public required double? Usefulness { get; init; }

    /// <inheritdoc cref="Contribution.Answered"/>
    public required long Answered { get; init; }

    /// <inheritdoc cref="Contribution.AskedFeedback"/>
    public required long AskedFeedback { get; init; }

    /// <summary>The response rate: those that were asked for feedback and gave it / asked for feedback.</summary>
    public required double? FeedbackRate { get; init; }

    /// <inheritdoc cref="Contribution.Deflected"/>
    public required long Deflected { get; init; }

    /// <summary>deflected / answered.</summary>
    public required double? DeflectionRate { get; init; }

    /// <summary>Requests per local hour of the week, Monday 0:00 first.</summary>
    public required IReadOnlyList<long> RequestsByHourOfWeek { get; init; }
}
