using Subot.Api.Contracts.Numbers;

namespace Subot.Api.Contracts.Threads;

/// <summary>The requests behind a number, a page of them.</summary>
/// <param name="Number">Its name: a duration such as first_response_working, or a count such as solved.</param>
/// <param name="Definition">What it means.</param>
/// <param name="People">Who the people are that it names, by user id; who is missing is not known.</param>
/// <param name="Next">The cursor of the next page; null if this is the last. A page may be empty and not the last.</param>
public sealed record Explanation(
    Scope Scope,
    string Number,
    string Definition,
    IReadOnlyList<ExplainedThread> Threads,
    IReadOnlyDictionary<string, NamedPerson> People,
    string? Next);

/// <summary>What a request adds to a number, and why.</summary>
public sealed record ExplainedThread
{
    /// <summary>The channel, by id.</summary>
    public required string Channel { get; init; }

    /// <summary>The ts of its first message.</summary>
    public required string Ts { get; init; }

    /// <summary>Seconds of a duration, or what is counted.</summary>
    public required long Value { get; init; }

    /// <summary>Of a duration: done, at_least (it was closed before it ended) or waiting (it still runs).</summary>
    public required string? State { get; init; }

    /// <summary>
    /// When the clock ran: the value is the sum of these, cut to whole seconds. Empty of a count that no clock belongs to.
    /// </summary>
    public required IReadOnlyList<ExplainedSpan> Spans { get; init; }

    /// <summary>What else a count rests on, by time.</summary>
    public required IReadOnlyList<ThreadFact> Facts { get; init; }

    /// <summary>When the response was due; of the response target alone.</summary>
    public DateTimeOffset? Due { get; init; }
}

/// <summary>A stretch in which a clock ran.</summary>
/// <param name="Started">The fact that started it; null where time alone did.</param>
/// <param name="To">Null: it still runs, and counts up to the scope's as_of, cut to a whole second.</param>
/// <param name="Stopped">The fact that stopped it; null while it runs, and where time alone did.</param>
/// <param name="Slots">On the working clock: the parts of it that count.</param>
public sealed record ExplainedSpan(
    DateTimeOffset From, ThreadFact? Started, DateTimeOffset? To, ThreadFact? Stopped, IReadOnlyList<ExplainedSlot>? Slots);

/// <summary>A part of a span in which the team works.</summary>
public sealed record ExplainedSlot(DateTimeOffset From, DateTimeOffset To);
