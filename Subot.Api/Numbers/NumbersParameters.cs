using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Subot.Api.Contracts;

namespace Subot.Api.Numbers;

/// <summary>The parameters by which numbers and threads are asked for; those in the plural may be given several times.</summary>
internal sealed record NumbersParameters
{
    [FromQuery(Name = "channel"), Description("A channel, by id or name; none: all.")]
    public string[]? Channels { get; init; }

    [FromQuery(Name = "from"), Description("The first day (its local midnight), or an instant in ISO 8601; none: from the first request on.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("The day (its local midnight) or instant before which roots lie; none: up to the last.")]
    public string? To { get; init; }

    [FromQuery(Name = "tool"), Description("A tool, by id or name.")]
    public string[]? Tools { get; init; }

    [FromQuery(Name = "label"), Description("A label, by id or name.")]
    public string[]? Labels { get; init; }

    [FromQuery(Name = "answer"), Description("An automatic answer, by id.")]
    public string[]? Answers { get; init; }

    [FromQuery(Name = "status"), OneOf(typeof(NumbersQuestions), nameof(NumbersQuestions.Statuses)), Description("How requests stand: unresponded, responded, fixed (solved) or expired.")]
    public string[]? Statuses { get; init; }

    [FromQuery(Name = "requester"), Description("Who asked, by user id; for admins.")]
    public string[]? Requesters { get; init; }

    [FromQuery(Name = "responder"), Description("Who answered last before it was solved, by user id; for admins.")]
    public string[]? Responders { get; init; }
}
