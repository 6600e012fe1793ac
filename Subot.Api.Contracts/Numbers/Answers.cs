using Subot.Domain.Numbers;

namespace Subot.Api.Contracts.Numbers;

/// <summary>A recorded channel.</summary>
/// <param name="CompleteUntil">Until when its messages are complete.</param>
/// <param name="ComparedUntil">Until when edits, deletions and reactions are compared with Slack's history.</param>
public sealed record Channel(string Id, string Name, DateTimeOffset CompleteUntil, DateTimeOffset ComparedUntil);

/// <summary>The numbers of a period.</summary>
public sealed record Summary(Scope Scope, RequestNumbers Numbers);

/// <summary>The steps of a series.</summary>
public enum Step
{
    /// <summary>Local days.</summary>
    Day,

    /// <summary>ISO weeks: from Monday on.</summary>
    Week,

    /// <summary>Calendar months.</summary>
    Month,
}

/// <summary>The numbers of each step of a period. The first and the last may be cut by the period.</summary>
public sealed record Series(Scope Scope, Step Step, IReadOnlyList<SeriesPoint> Points);

/// <summary>A step of a series: the requests whose root lies in [from, to).</summary>
public sealed record SeriesPoint(DateTimeOffset From, DateTimeOffset To, RequestNumbers Numbers);

/// <summary>How long something took, in classes of those requests in which it ended.</summary>
/// <param name="Duration">The duration, such as first_response.</param>
/// <param name="Numbers">What else is known of it.</param>
public sealed record Distribution(Scope Scope, string Duration, Durations Numbers, IReadOnlyList<DurationClass> Classes);

/// <summary>Durations of [from, to) seconds. Above 512 s they are cut to 9 leading bits before, as for quantiles.</summary>
/// <param name="ToSeconds">Null: no end.</param>
public sealed record DurationClass(long FromSeconds, long? ToSeconds, long Requests);

/// <summary>Requests by local hour of the week, Monday 0:00 first.</summary>
/// <param name="Requests">168 counts.</param>
/// <param name="Occurrences">How often each hour occurred in the period, up to now.</param>
/// <param name="PerOccurrence">Requests / occurrences, rounded to 6 digits; null of an hour that did not occur.</param>
public sealed record HeatMap(
    Scope Scope, IReadOnlyList<long> Requests, IReadOnlyList<long> Occurrences, IReadOnlyList<double?> PerOccurrence);

/// <summary>
/// How many requests were open at the beginning of each local day of the period, up to as_of, whenever they came, and whatever the filter.
/// </summary>
public sealed record Backlog(Scope Scope, IReadOnlyList<BacklogPoint> Points);

/// <summary>Requests that were open at an instant.</summary>
public sealed record BacklogPoint(DateTimeOffset At, long Open);

/// <summary>The numbers by each value; a request counts with each of its tools, labels and answers.</summary>
/// <param name="People">By person: who they are, by user id; who is missing is not known.</param>
public sealed record Breakdown(
    Scope Scope, NumbersDimension By, IReadOnlyList<BreakdownPart> Parts, IReadOnlyDictionary<string, NamedPerson> People);

/// <summary>The numbers of the requests with one value.</summary>
/// <param name="Id">Its id; null: requests without any.</param>
/// <param name="Name">Its name, as it is now; null if it has none, or none is known.</param>
public sealed record BreakdownPart(string? Id, string? Name, RequestNumbers Numbers);
