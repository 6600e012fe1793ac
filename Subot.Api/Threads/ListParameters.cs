using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Subot.Api.Contracts;

namespace Subot.Api.Threads;

/// <summary>In which order requests are listed, and which part of them.</summary>
internal sealed record ListParameters
{
    [FromQuery(Name = "sort"), OneOf(typeof(ListOrder)), Description("newest (the default) or oldest first; silent: open requests, the longest silent first; waiting: those of them whose turn is the team's.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "q"), Description("Words that all occur in one of the request's messages, whatever the case; 'deploy*' stands for all words that begin so. Instead of sort.")]
    public string? Words { get; init; }

    [FromQuery(Name = "cursor"), Description("Where the list goes on: next of the page before.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit"), Description("Requests per page, from 1 to 200; 50 if it is left out.")]
    public int? Limit { get; init; }
}
