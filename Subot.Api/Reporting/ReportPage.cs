using System.Globalization;
using System.Net;
using Subot.Api.Answers;
using Subot.Domain.Numbers;

namespace Subot.Api.Reporting;

/// <summary>A report as a page: no script, no picture from elsewhere, nobody's words but the names of channels, tools and labels.</summary>
internal static class ReportPage
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:52rem;padding:0 1rem;color:#1d2433;background:#fff}
        h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.2rem;margin-top:2.5rem}p{margin:.25rem 0}
        table{border-collapse:collapse;width:100%}th,td{padding:.35rem .75rem;border-bottom:1px solid #dfe3ea;text-align:right}
        th:first-child,td:first-child{text-align:left}thead th{color:#5b6475;font-weight:600}
        figure{margin:1rem 0}svg{width:100%;height:auto}figcaption,.note{color:#5b6475;font-size:.9rem}
        @media print{body{margin:0}}
        """;

    /// <summary>What a browser may do with it.</summary>
    public static string Policy { get; } = $"default-src 'none'; style-src {SecurityHeaders.Allowing(Style)}; frame-ancestors 'none'; base-uri 'none'";

    public static string Html(Report report)
    {
        var (scope, now, before) = (report.Scope, report.Numbers, report.Before);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(scope.TimeZone);
        var title = $"Support in {string.Join(", ", report.Channels.Select(c => "#" + c))}";
        var filter = string.Join("; ", scope.Filter.Select(f => $"{f.Key}: {string.Join(", ", f.Value)}"));
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Text(title)}</title><style>{Style}</style></head>
            <body>
            <h1>{Text(title)}</h1>
            <p>{Moment(scope.From!.Value, zone)} to {Moment(scope.To!.Value, zone)} ({Text(scope.TimeZone)}){(filter.Length == 0 ? "" : $", {Text(filter)}")}</p>
            <p class="note">As of {Moment(scope.AsOf, zone)}. Durations are in working hours.</p>
            <table>
            <thead><tr><th></th><th>this period</th><th>as long before</th></tr></thead>
            <tbody>
            {Row("Requests", now.Requests, before.Requests)}
            {Row("Solved", now.Solved, before.Solved)}
            {Row("Solved, of all", Percent(now.ResolutionRate), Percent(before.ResolutionRate))}
            {Row("Open", now.Open, before.Open)}
            {Row("Expired without an answer or a solution", now.Expired, before.Expired)}
            {Row("First response, median", Spoken(now.FirstResponseWorking.Median), Spoken(before.FirstResponseWorking.Median))}
            {Row("First response, 9 of 10 answered within", Spoken(now.FirstResponseWorking.P90Answered), Spoken(before.FirstResponseWorking.P90Answered))}
            {Row("Response target met", Percent(now.Target.MetRate), Percent(before.Target.MetRate))}
            {Row("Time to the solution, median", Spoken(now.LastSolvedWorking.Median), Spoken(before.LastSolvedWorking.Median))}
            {Row("Reopened within a week, of the solved", Percent(now.ReopenRate), Percent(before.ReopenRate))}
            {Row("Answered automatically", now.Answered, before.Answered)}
            {Row("Solved by that alone", Percent(now.DeflectionRate), Percent(before.DeflectionRate))}
            </tbody>
            </table>
            <h2>Requests and solutions</h2>
            {BarChart.Svg(report)}
            {Parts("By tool", report.Tools)}
            {Parts("By label", report.Labels)}
            </body>
            </html>
            """;
    }

    private static string Parts(string title, IReadOnlyList<(string Name, TeamNumbers Numbers)> parts)
    {
        if (parts.Count == 0)
            return "";
        var rows = parts.Select(p => $"<tr><td>{Text(p.Name)}</td><td>{Count(p.Numbers.Requests)}</td><td>{Percent(p.Numbers.ResolutionRate)}</td><td>{Spoken(p.Numbers.FirstResponseWorking.Median)}</td></tr>");
        return $"""
            <h2>{title}</h2>
            <table>
            <thead><tr><th></th><th>requests</th><th>solved</th><th>first response, median</th></tr></thead>
            <tbody>
            {string.Join('\n', rows)}
            </tbody>
            </table>
            """;
    }

    private static string Row(string name, long now, long before) => Row(name, Count(now), Count(before));

    private static string Row(string name, string now, string before) => $"<tr><td>{name}</td><td>{now}</td><td>{before}</td></tr>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double? rate) =>
        rate is { } known ? (known * 100).ToString("0.#", CultureInfo.InvariantCulture) + "\u00a0%" : "–";

    private static string Moment(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Seconds in the two largest units.</summary>
    private static string Spoken(uint? seconds) => seconds switch
    {
        null => "–",
        < 60 => $"{seconds}\u00a0s",
        < 3600 => $"{seconds / 60}\u00a0min",
        _ => $"{seconds / 3600}\u00a0h\u00a0{seconds / 60 % 60:00}\u00a0min",
    };
}
