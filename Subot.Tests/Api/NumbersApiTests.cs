using System.Net;
using System.Text.Json;
using NUnit.Framework;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Numbers;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage;
using Subot.Storage.Sqlite;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>The numbers over HTTP are those of the store, with what they are about.</summary>
internal sealed class NumbersApiTests
{
    private static readonly Ts s_begin = RandomThreads.At(2025, 5, 1);
    private static readonly Ts s_end = RandomThreads.At(2025, 9, 1);
    private static readonly string[] s_channels = ["C0", "C1"];
    private static readonly string[] s_tools = ["git", "ci", "ci-runner"];
    private DirectoryInfo _folder = null!;
    private SqliteStore _store = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("subot-api-");
        _store = SqliteStore.Open(_folder.FullName);
        await GeneratedThreads.FillAsync(_store, seed: 3, threads: 1500, s_begin, s_end, s_end);
        _api = await RunningApi.StartAsync(_store);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [TestCase("", 0, 0, 0)]
    [TestCase("&tool=git&tool=ci", 2, 0, 0)]
    [TestCase("&label=access&status=fixed", 0, 1, 1)]
    public async Task A_summary_is_what_the_store_says(string filter, int tools, int labels, int statuses)
    {
        var summary = await _api.GetAsync<Summary>($"/v2/summary?channel=C0&channel=channel%201&from=2025-05-20&to=2025-07-03T12:00:00Z{filter}");

        var (from, to) = (Moment("2025-05-19T22:00:00Z"), Moment("2025-07-03T12:00:00Z"));
        var asked = new NumbersFilter
        {
            Tools = tools > 0 ? ["git", "ci"] : [],
            Labels = labels > 0 ? ["access"] : [],
            Statuses = statuses > 0 ? [ThreadStatus.Fixed] : [],
        };
        var numbers = await _store.NumbersAsync(new NumbersQuery([new("C0"), new("C1")], from, to, s_end, asked), RandomThreads.Settings, Ct);
        Assert.That(numbers.Requests, Is.GreaterThan(5));
        Assert.That(Json(summary.Numbers), Is.EqualTo(Json(RequestNumbers.Of(numbers))));
        Assert.That(summary.Scope.TimeZone, Is.EqualTo("Europe/Paris"));
        Assert.That((summary.Scope.From, summary.Scope.To, summary.Scope.AsOf), Is.EqualTo((from.ToDateTimeOffset(), to.ToDateTimeOffset(), s_end.ToDateTimeOffset())));
        Assert.That(summary.Scope.Channels, Is.EqualTo(s_channels));
        Assert.That(summary.Scope.Filter.Keys, Is.EquivalentTo(filter.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=')[0]).Distinct()));
    }

    [Test]
    public async Task A_channel_that_is_recorded_no_more_does_not_hold_back_the_others()
    {
        var old = s_begin.AddSeconds(9000);
        await using var store = new MemoryStore();
        await store.RecordChannelAsync(new ChannelRecord(new("C0OLD"), "old", old, old), Ct);
        await store.RecordChannelAsync(new ChannelRecord(new("C0NEW"), "new", s_end, s_end), Ct);
        await store.RecordChannelAsync(new ChannelRecord(new("C0NEAR"), "near", s_end.AddSeconds(-60), s_end), Ct);
        await using var api = await RunningApi.StartAsync(store);

        var all = (await api.GetAsync<Summary>("/v2/summary")).Scope;
        var one = (await api.GetAsync<Summary>("/v2/summary?channel=old")).Scope;

        Assert.That((all.AsOf, one.AsOf, one.Behind.Count), Is.EqualTo((s_end.ToDateTimeOffset(), old.ToDateTimeOffset(), 0)));
        Assert.That(all.Behind.Single(), Is.EqualTo(KeyValuePair.Create("C0OLD", old.ToDateTimeOffset())));
    }

    [TestCase("day", 31)]
    [TestCase("week", 5)]
    [TestCase("month", 1)]
    public async Task The_steps_of_a_series_add_up_to_its_period(string step, int steps)
    {
        var series = await _api.GetAsync<Series>($"/v2/series?from=2025-07-01&to=2025-08-01&step={step}");
        var summary = await _api.GetAsync<Summary>("/v2/summary?from=2025-07-01&to=2025-08-01");

        Assert.That(series.Points, Has.Count.EqualTo(steps));
        Assert.That((series.Points[0].From, series.Points[^1].To), Is.EqualTo((summary.Scope.From!.Value, summary.Scope.To!.Value)));
        Assert.That(series.Points.Zip(series.Points.Skip(1)), Has.All.Matches<(SeriesPoint, SeriesPoint)>(p => p.Item1.To == p.Item2.From));
        Assert.That(series.Points.Sum(p => p.Numbers.Requests), Is.EqualTo(summary.Numbers.Requests).And.GreaterThan(50));
        Assert.That(series.Points.Sum(p => p.Numbers.FirstResponse.SumSeconds), Is.EqualTo(summary.Numbers.FirstResponse.SumSeconds));
    }

    [Test]
    public async Task The_classes_of_a_distribution_hold_every_duration_that_ended([Values("first_response", "last_solved_working")] string duration)
    {
        var distribution = await _api.GetAsync<Distribution>($"/v2/distribution/{duration}?from=2025-05-01&to=2025-09-01");

        Assert.That(distribution.Classes.Sum(c => c.Requests), Is.EqualTo(distribution.Numbers.N).And.GreaterThan(50));
        Assert.That(distribution.Classes.Count(c => c.Requests > 0), Is.GreaterThan(3));
        var records = await _store.CountedAsync(new NumbersQuery([new("C0"), new("C1"), new("C2")], Moment("2025-04-30T22:00:00Z"), Moment("2025-08-31T22:00:00Z"), s_end, NumbersFilter.None), new(null, false, 10_000), Ct);
        var ended = records.Select(r => duration == "first_response" ? (r.Contribution.FirstResponse.Kind, r.Contribution.FirstResponse.Wall) : (r.Contribution.LastSolved.Kind, r.Contribution.LastSolved.Working))
            .Where(m => m.Kind == MeasureKind.Done).Select(m => (long)m.Item2).ToList();
        foreach (var (from, to, n) in distribution.Classes)
        {
            // By the 9 leading bits, as quantiles are.
            var inside = ended.Count(s => Cut(s) >= from && (to is null || Cut(s) < to));
            Assert.That(n, Is.EqualTo(inside), $"{from} to {to}");
        }

        static long Cut(long seconds)
        {
            var bits = 0;
            while (seconds >> bits >= 512)
                bits++;
            return seconds >> bits << bits;
        }
    }

    [Test]
    public async Task The_heat_map_divides_requests_by_how_often_each_hour_came()
    {
        var map = await _api.GetAsync<HeatMap>("/v2/heatmap?from=2025-05-05&to=2025-06-02");

        Assert.That(map.Requests.Sum(), Is.EqualTo((await _api.GetAsync<Summary>("/v2/summary?from=2025-05-05&to=2025-06-02")).Numbers.Requests));
        Assert.That(map.Occurrences, Has.Count.EqualTo(168).And.All.EqualTo(4));
        Assert.That(map.PerOccurrence, Is.EqualTo(map.Requests.Select(r => (double?)(r / 4.0))));
    }

    [Test]
    public async Task The_backlog_counts_what_was_open_at_each_midnight()
    {
        var backlog = await _api.GetAsync<Backlog>("/v2/backlog?from=2025-06-01&to=2025-06-11&channel=C1");

        uint[] midnights = [.. Enumerable.Range(0, 10).Select(d => (uint)Moment("2025-05-31T22:00:00Z").AddSeconds(d * 86400).CeilingSeconds)];
        Assert.That(backlog.Points.Select(p => p.Open), Is.EqualTo(await _store.BacklogAsync([new("C1")], midnights, Ct)));
        Assert.That(backlog.Points.Select(p => (uint)p.At.ToUnixTimeSeconds()), Is.EqualTo(midnights));
        Assert.That(backlog.Points[0].Open, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_breakdown_names_what_it_breaks_down_by()
    {
        var parts = (await _api.GetAsync<Breakdown>("/v2/breakdown/tool")).Parts;

        Assert.That(parts.Select(p => p.Name).Where(n => n is not null), Is.EquivalentTo(s_tools));
        Assert.That(parts.Select(p => p.Numbers.Requests), Is.Ordered.Descending);
    }

    [Test]
    public async Task Numbers_of_single_people_are_for_admins([Values("/v2/breakdown/requester", "/v2/breakdown/responder", "/v2/summary?responder=U0T1", "/v2/explain/solved?requester=U0P1", "/v2/threads?requester=U0P1", "/v2/threads.csv?responder=U0T1")] string path) =>
        Assert.That((await _api.ProblemAsync(path, HttpStatusCode.Forbidden)).Detail, Does.Contain("for admins"));

    [Test]
    public async Task All_that_is_wrong_with_a_question_is_told_at_once()
    {
        var problem = await _api.ProblemAsync("/v2/summary?channel=nowhere&from=yesterday&to=2025-13-01&tool=gti&status=solved&answer=zzz");

        Assert.That(problem.Errors, Has.Count.EqualTo(6));
        Assert.That(problem.Errors[0], Is.EqualTo("channel: 'nowhere' is not recorded; there are: channel 0, channel 1, channel 2."));
        Assert.That(problem.Errors[1], Does.StartWith("from: 'yesterday' is no instant; write a date"));
        Assert.That(problem.Errors, Has.Some.EqualTo("tool: there is no 'gti'; there are: git, ci, ci-runner."));
    }

    [TestCase("/v2/series?step=week", "'from' and 'to' are needed")]
    [TestCase("/v2/series?from=1990-01-01&to=2025-01-01&step=day", "more than 400 days")]
    [TestCase("/v2/series?from=2025-01-01&to=2025-02-01&step=hour", "there are: day, week, month")]
    [TestCase("/v2/summary?from=2025-02-01&to=2025-01-01", "swap them")]
    [TestCase("/v2/summary?from=2025-02-01T00:00:00+02:00", "from: '2025-02-01T00:00:00 02:00' has a blank, which a + in an address stands for; write the + as %2B: 2025-02-01T00:00:00%2B02:00.")]
    [TestCase("/v2/summary?to=1066-10-14", "to: '1066-10-14' is out of range; write a year from 1970 to 2285.")]
    [TestCase("/v2/summary?from=2286-01-01T00:00Z", "write a year from 1970 to 2285")]
    [TestCase("/v2/distribution/nothing", "is no duration")]
    [TestCase("/v2/breakdown/colour", "is no dimension")]
    [TestCase("/v2/backlog?from=2025-01-01&to=2025-02-01&tool=git", "leave the filters out")]
    [TestCase("/v2/threads?limit=0", "limit: 0 is not from 1 to 200")]
    [TestCase("/v2/threads?limit=many", "cannot be read as a whole number")]
    [TestCase("/v2/threads?cursor=zzz%00", "begin without one")]
    [TestCase("/v2/threads?sort=random", "there are: newest, oldest, silent, waiting")]
    [TestCase("/v2/threads?sort=silent&cursor=QzA6MS4wMDAwMDA", "begin without one")]
    [TestCase("/v2/threads?q=deploy&sort=newest", "leave one of 'q' and 'sort' out")]
    [TestCase("/v2/threads?q=%3F!", "write one to 10 words")]
    [TestCase("/v2/threads?q=1+2+3+4+5+6+7+8+9+10+11", "write one to 10 words")]
    [TestCase("/v2/explain/nothing", "is no number")]
    public async Task What_is_wrong_is_told(string path, string words) =>
        Assert.That((await _api.ProblemAsync(path)).Detail, Does.Contain(words));

    [Test]
    public async Task What_is_not_there_is_told_as_a_problem()
    {
        await _api.ProblemAsync("/v2/nothing", HttpStatusCode.NotFound);
        await _api.ProblemAsync("/v2/threads/C0/1.000000", HttpStatusCode.NotFound);
        using var answer = await _api.Client.PostAsync("/v2/summary", null, Ct);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task Pages_of_another_name_that_lead_to_this_machine_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/summary");
        request.Headers.Host = "attacker.example:8080";
        using var answer = await _api.Client.SendAsync(request, Ct);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Every_answer_carries_the_headers_that_protect_it([Values("/v2/summary", "/v2/nothing", "/health/ready")] string path)
    {
        using var answer = await _api.Client.GetAsync(path, Ct);

        Assert.That(answer.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'"));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(answer.Headers.Contains("Server"), Is.False);
    }

    private static Ts Moment(string text) => Ts.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ApiJson.Options);
}
