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

    /// <summary>The instant as of which everything is judged: until then the record is complete.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What the requests are filtered by: values by the name of the filter; empty if by nothing.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Filter { get; init; }
}
