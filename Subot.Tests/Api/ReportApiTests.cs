using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Subot.Api.Contracts.Numbers;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>A report of a period is one page that says what the numbers say.</summary>
internal sealed partial class ReportApiTests
{
    private const string Period = "from=2025-07-01&to=2025-08-26";
    private static readonly Ts s_begin = RandomThreads.At(2025, 5, 1);
    private static readonly Ts s_end = RandomThreads.At(2025, 9, 1);
    private MemoryStore _store = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task Start()
    {
        _store = new MemoryStore();
        await GeneratedThreads.FillAsync(_store, seed: 7, threads: 600, s_begin, s_end, s_end);
        var newest = (await _store.SettingsAsync(Ct)).Latest;
        await _store.AppendSettingsAsync(
            newest with { Number = newest.Number + 1, Settings = newest.Settings with { Tools = [.. newest.Settings.Tools.Select(t => t.Id == "git" ? new Tag("git", "<Git> & \"more\"", []) : t)] } }, Ct);
        _api = await RunningApi.StartAsync(_store);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task It_shows_the_numbers_of_the_period_and_of_as_long_before()
    {
        var html = await _api.Client.GetStringAsync($"/v2/report.html?channel=C0&{Period}", Ct);

        var now = (await _api.GetAsync<Summary>($"/v2/summary?channel=C0&{Period}")).Numbers;
        var before = (await _api.GetAsync<Summary>("/v2/summary?channel=C0&from=2025-05-06&to=2025-07-01")).Numbers;
        Assert.That((now.Requests, before.Requests), Is.GreaterThan((20L, 20L)));
        Assert.That(html, Does.Contain($"<tr><td>Requests</td><td>{now.Requests}</td><td>{before.Requests}</td></tr>"));
        Assert.That(html, Does.Contain($"<tr><td>Solved</td><td>{now.Solved}</td><td>{before.Solved}</td></tr>"));
        Assert.That(html, Does.Contain("2025-07-01 00:00 to 2025-08-26 00:00 (Europe/Paris)"));
        var bars = Bar().Matches(html).Select(m => (Requests: int.Parse(m.Groups["requests"].Value, CultureInfo.InvariantCulture), Solved: int.Parse(m.Groups["solved"].Value, CultureInfo.InvariantCulture))).ToList();
        Assert.That(bars, Has.Count.EqualTo(9), "a bar for each week");
        Assert.That((bars.Sum(b => b.Requests), bars.Sum(b => b.Solved)), Is.EqualTo(((int)now.Requests, (int)now.Solved)));
    }

    [Test]
    public async Task It_needs_nothing_else_and_takes_names_for_text()
    {
        using var answer = await _api.Client.GetAsync($"/v2/report.html?{Period}", Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);

        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(html, Does.Contain("&lt;Git&gt; &amp; &quot;more&quot;").And.Not.Contain("<Git>"));
        Assert.That(html, Does.Not.Contain("http").And.Not.Contain("<script").And.Not.Contain(" style="));
        var style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length)..html.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'"));
    }

    [TestCase("from=2025-05-01&to=2025-05-08", 7)]
    [TestCase("from=2025-05-01&to=2025-05-02", 1)]
    [TestCase("from=2024-01-01&to=2026-01-01", 24)]
    public async Task Steps_are_as_long_as_the_period_asks_for(string period, int bars) =>
        Assert.That(Bar().Matches(await _api.Client.GetStringAsync($"/v2/report.html?{period}", Ct)), Has.Count.EqualTo(bars));

    [TestCase("from=2025-05-01&to=2025-05-08")]
    [TestCase("from=2025-05-01&to=2025-05-30")]
    [TestCase("from=2025-07-01&to=2025-09-30")]
    [TestCase("from=2024-01-01&to=2026-12-01")]
    public async Task Dates_below_the_bars_lie_in_the_picture(string period)
    {
        var html = await _api.Client.GetStringAsync($"/v2/report.html?{period}", Ct);

        var width = double.Parse(Picture().Match(html).Groups["width"].Value, CultureInfo.InvariantCulture);
        var dates = Date().Matches(html).Select(m => double.Parse(m.Groups["x"].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.That(dates, Has.Count.GreaterThan(5));
        // Ten letters of a font that is eleven high.
        Assert.That(dates, Has.All.LessThanOrEqualTo(width - 66));
        Assert.That(dates.Zip(dates.Skip(1), (one, next) => next - one), Has.All.GreaterThan(66));
    }

    [TestCase("")]
    [TestCase("from=2025-05-20")]
    [TestCase("channel=nowhere&from=2025-05-01&to=2025-05-08")]
    [TestCase("from=1970-01-02&to=2285-01-01")]
    public async Task What_is_no_period_is_refused(string period) =>
        Assert.That((await _api.ProblemAsync($"/v2/report.html?{period}", HttpStatusCode.BadRequest)).Errors, Is.Not.Empty);

    [GeneratedRegex(@"<title>\d{4}-\d\d-\d\d: (?<requests>\d+) requests, (?<solved>\d+) of them solved</title>")]
    private static partial Regex Bar();

    [GeneratedRegex(@"viewBox=""0 0 (?<width>[\d.]+) ")]
    private static partial Regex Picture();

    [GeneratedRegex(@"<text x=""(?<x>[\d.]+)"" y=""[\d.]+"">\d{4}-\d\d-\d\d</text>")]
    private static partial Regex Date();
}
