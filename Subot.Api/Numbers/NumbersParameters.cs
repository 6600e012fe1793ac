using Microsoft.AspNetCore.Mvc;

namespace Subot.Api.Numbers;

/// <summary>The parameters by which numbers and threads are asked for; those in the plural may be given several times.</summary>
internal sealed record NumbersParameters
{
    /// <summary>A channel, by id or name; none: all.</summary>
    [FromQuery(Name = "channel")]
    public string[]? Channels { get; init; }

    /// <summary>The first day (its local midnight), or an instant in ISO 8601; none: from the first request on.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>The day (its local midnight) or instant before which roots lie; none: up to the last.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>A tool, by id or name.</summary>
    [FromQuery(Name = "tool")]
    public string[]? Tools { get; init; }

    /// <summary>A label, by id or name.</summary>
    [FromQuery(Name = "label")]
    public string[]? Labels { get; init; }

    /// <summary>An automatic answer, by id.</summary>
    [FromQuery(Name = "answer")]
    public string[]? Answers { get; init; }

    /// <summary>unresponded, responded, fixed or expired.</summary>
    [FromQuery(Name = "status")]
    public string[]? Statuses { get; init; }

    /// <summary>Who asked, by user id; for admins.</summary>
    [FromQuery(Name = "requester")]
    public string[]? Requesters { get; init; }

    /// <summary>Who answered last before it was solved, by user id; for admins.</summary>
    [FromQuery(Name = "responder")]
    public string[]? Responders { get; init; }

    /// <summary>Whether single people are asked for.</summary>
    internal bool NamesPeople => this is not { Requesters: null or [], Responders: null or [] };
}
