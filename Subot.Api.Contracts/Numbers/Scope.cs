namespace Subot.Api.Contracts.Numbers;

/// <summary>What an answer is about: every number carries it.</summary>
public sealed record Scope
{
    /// <summary>The channels, by id.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>The requests whose root lies at or after this instant; null: from the first on.</summary>
    public required DateTimeOffset? From { get; init; }

    /// <summary>The requests whose root lies before this instant; null: up to the last.</summary>
    public required DateTimeOffset? To { get; init; }

    /// <summary>The IANA zone of days, weeks and hours.</summary>
    public required string TimeZone { get; init; }

    /// <summary>
    /// The instant up to which the ages of what still waits are told: the end of the record of the channel that is recorded furthest.
    /// </summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>
    /// The channels whose record ends over an hour before that, with its end: what happened in them since is not known. Mostly none.
    /// </summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> Behind { get; init; }

    /// <summary>What the requests are filtered by: values by the name of the filter; empty if by nothing.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Filter { get; init; }
}
