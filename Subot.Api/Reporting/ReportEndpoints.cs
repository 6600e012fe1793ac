using System.Text;
using Subot.Api.Contracts.Numbers;
using Subot.Api.Documenting;
using Subot.Api.Numbers;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage;

namespace Subot.Api.Reporting;

/// <summary>
/// A report of a period as one file that needs nothing else: to be looked at, kept, or sent to somebody who has no account.
/// </summary>
internal static class ReportEndpoints
{
    private const long Day = 86400 * Ts.Second;

    public static void MapReports(this WebApplication app) =>
        app.MapGet("/v2/report.html", ReportAsync).WithTags("Numbers").Produces<string>(contentType: "text/html").Needing("from", "to");

    private static async Task<IResult> ReportAsync(
        [AsParameters] NumbersParameters asked,
        HttpContext context,
        NumbersQuestions questions,
        INumbersStore store,
        IThreadStore threads,
        CancellationToken ct)
    {
        var question = await questions.ReadAsync(asked, context, ct);
        var (query, settings) = (question.Query, question.Settings);
        var step = query.To - query.From is var length && length <= 32 * Day ? Step.Day : length <= 400 * Day ? Step.Week : Step.Month;
        var steps = Steps.Of(question, step);
        var current = settings.At(query.AsOf).Settings;
        var report = new Report(question.Scope, [.. (await threads.ChannelsAsync(ct)).Where(c => query.Channels.Contains(c.Id)).Select(c => c.Name)])
        {
            Numbers = await store.NumbersAsync(query, settings, ct),
            // As long a time before, to compare with.
            Before = await store.NumbersAsync(query with { From = new Ts(query.From.Micros - (query.To - query.From)), To = query.From }, settings, ct),
            Step = step,
            Steps = [.. steps.Zip(await store.SeriesAsync(query, steps, settings, ct), (s, n) => (LocalDay.Of(s.From, question.Zone), n))],
            Tools = await PartsAsync(NumbersDimension.Tool, current.Tools),
            Labels = await PartsAsync(NumbersDimension.Label, current.Labels),
        };
        context.Response.Headers.ContentSecurityPolicy = ReportPage.Policy;
        context.Response.Headers.ContentDisposition = "inline; filename=\"report.html\"";
        return Results.Content(ReportPage.Html(report), "text/html; charset=utf-8", Encoding.UTF8);

        async Task<IReadOnlyList<(string Name, TeamNumbers Numbers)>> PartsAsync(NumbersDimension by, ValueList<Tag> tags) =>
            [.. (await store.BreakdownAsync(query, by, settings, ct)).Select(p => (tags.FirstOrDefault(t => t.Id == p.Value)?.Name ?? p.Value ?? "none", p.Numbers))];
    }
}

/// <summary>What a report tells.</summary>
/// <param name="Channels">By name.</param>
internal sealed record Report(Scope Scope, IReadOnlyList<string> Channels)
{
    public required TeamNumbers Numbers { get; init; }

    /// <summary>The numbers of as long a period before.</summary>
    public required TeamNumbers Before { get; init; }

    public required Step Step { get; init; }

    /// <summary>The first local day of each step, and its numbers.</summary>
    public required IReadOnlyList<(DateOnly Day, TeamNumbers Numbers)> Steps { get; init; }

    /// <summary>By name; a request counts with each of its tools.</summary>
    public required IReadOnlyList<(string Name, TeamNumbers Numbers)> Tools { get; init; }

    /// <summary>By name; a request counts with each of its labels.</summary>
    public required IReadOnlyList<(string Name, TeamNumbers Numbers)> Labels { get; init; }
}
