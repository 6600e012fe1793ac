using System.Net;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using Subot.Api.Access;
using Subot.Api.Contracts;
using Subot.Domain;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>Whoever asks wrongly is told which part of the request it is, what is wrong with it, and what to send instead.</summary>
internal sealed class RefusalTests
{
    private const string Says = "one of solve, reopen, dismiss, restore, snooze, duplicate, retag";
    private const string Correction = "Send an object with says, of, tools, labels, as JSON.";
    private const string Corrections = "/v2/threads/C1/1.000000/corrections";
    private static readonly string[] s_unknown =
        ["There is no parameter 'chanel'; did you mean 'channel'?", "There is no parameter 'colour'; there are: answer, channel, from, label, requester, responder, status, to, tool."];

    private MemoryStore _store = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task Start()
    {
        _store = new MemoryStore();
        await _store.RecordChannelAsync(new ChannelRecord(new("C1"), "help", Ts.Zero, Ts.Zero), Ct);
        _api = await RunningApi.StartAsync(_store, asAdmin: true);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static IEnumerable<string> Questions() =>
        AccessTable.Rows.Select(r => r.Route).Where(r => r.Contains(" /v2/", StringComparison.Ordinal));

    [Test]
    public async Task A_parameter_that_a_route_has_not_is_refused_on_every_route([ValueSource(nameof(Questions))] string route)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{", "").Replace("}", ""));

        var problem = await ProblemAsync(method, path + "?chanel=help", "{}");

        Assert.That(problem.Errors, Has.Some.StartsWith("There is no parameter 'chanel'; "));
    }

    [Test]
    public async Task All_parameters_that_there_are_not_are_told_at_once() =>
        Assert.That((await _api.ProblemAsync("/v2/summary?chanel=help&colour=red&Channel=help")).Errors, Is.EqualTo(s_unknown));

    [Test]
    public async Task Of_a_thousand_wrong_parameters_some_are_told() =>
        Assert.That((await _api.ProblemAsync("/v2/summary?" + string.Join('&', Enumerable.Range(0, 1000).Select(i => $"x{i}")))).Errors, Has.Count.EqualTo(21).And.Some.EqualTo("There are 980 more that there are not."));

    [Test]
    public async Task A_question_that_another_zone_asks_is_read_when_its_plus_is_written_so()
    {
        using var answer = await _api.Client.GetAsync("/v2/summary?from=2026-11-01T00:00:00%2B02:00", Ct);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_first_Subots_routes_take_any_parameter() =>
        Assert.That((await _api.Client.GetAsync("/v1/tools?chanel=help", Ct)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

    [TestCase("/v2/channels?channel=help", "There is no parameter 'channel'; this route has none.")]
    [TestCase("/v2/oncall?from=2026-01-01", "channel is missing. The channel, by id or name. to is missing. The day (its local midnight) or instant before which it ends, at most a year and a day after from.")]
    [TestCase("/v2/calendar?channel=help&to=2026-01-01", "from is missing. The first day (its local midnight), or an instant in ISO 8601.")]
    [TestCase("/v2/threads?limit=abc", "limit: 'abc' cannot be read as a whole number. Requests per page, from 1 to 200; 50 if it is left out.")]
    [TestCase("/v2/threads?limit=", "limit: '' cannot be read as a whole number. Requests per page, from 1 to 200; 50 if it is left out.")]
    [TestCase("/v2/settings/log?limit=1.5", "limit: '1.5' cannot be read as a whole number. Entries, from 1 to 200; 50 if it is left out.")]
    [TestCase("/v2/summary?from=2026-01-01&from=2026-01-02", "from: it is given 2 times; give it once.")]
    public async Task What_is_wrong_with_parameters_is_told(string path, string words) =>
        Assert.That((await _api.ProblemAsync(path)).Detail, Is.EqualTo(words));

    [TestCase("""{"says":"explode"}""", $"""says: write {Says}, not "explode".""")]
    [TestCase("""{"says":null}""", $"says: write {Says}, not null.")]
    [TestCase("""{"says":1}""", $"says: write {Says}, not 1.")]
    [TestCase("""{"say":"solve"}""", $"There is no field 'say'; did you mean 'says'? says is missing: write {Says}.")]
    [TestCase("""{"says":"solve","colour":1,"off":"x"}""", "There is no field 'colour'; there are: labels, of, says, tools. There is no field 'off'; did you mean 'of'?")]
    [TestCase("""{"says":"retag","tools":"git","labels":[1,["x"]]}""", "tools: write a list of texts, not \"git\". labels[0]: write a text, not 1. labels[1]: write a text, not a list.")]
    [TestCase("""{"says":"solve","of":{"a":1}}""", "of: write a text, not an object.")]
    [TestCase("[]", "The body: write an object with says, of, tools, labels, not a list.")]
    [TestCase("null", "The body: write an object with says, of, tools, labels, not null.")]
    [TestCase("", $"The body is empty. {Correction}")]
    [TestCase("{\"says\":\n \"solve\",}", $"The body is no JSON from line 2, position 10 on. {Correction}")]
    [TestCase("""{"\ud800":1}""", $"The body cannot be read. {Correction}")]
    [TestCase("says=solve", $"The body is no JSON from line 1, position 1 on. {Correction}")]
    public async Task What_is_wrong_with_a_correction_is_told(string body, string words) =>
        Assert.That((await ProblemAsync("POST", Corrections, body)).Detail, Is.EqualTo(words));

    [TestCase("""{"says":"?"}""")]
    [TestCase("""{"says":"solve","of":"?"}""")]
    [TestCase("""{"says":"solve","?":1}""")]
    public async Task A_body_in_another_encoding_is_told_to_be_so(string body)
    {
        var latin = Encoding.UTF8.GetBytes(body).Select(b => b == '?' ? (byte)0xE9 : b).ToArray();
        Assert.That((await ProblemAsync("POST", Corrections, latin)).Detail, Is.EqualTo($"The body is no UTF-8. {Correction}"));
    }

    [TestCase("""{"person":"U0ANN","dry_run":"yes"}""", "dry_run: write true or false, not \"yes\".")]
    [TestCase("""{"texts_before":"yesterday"}""", "texts_before: write an instant such as \"2026-11-23T10:00:00Z\", not \"yesterday\".")]
    public async Task What_is_wrong_with_a_wish_to_forget_is_told(string body, string words) =>
        Assert.That((await ProblemAsync("POST", "/v2/forgetting", body)).Detail, Is.EqualTo(words));

    [TestCase("""{"tools":[{"nam":"Git","regex":"x"}]}""", "There is no field 'tools[0].nam'; did you mean 'name'? tools[0].regex: write a list of texts, not \"x\".")]
    [TestCase("""{"reminders":{"limit":"3"},"templates":{"thanks":5}}""", "reminders.limit: write a whole number, not \"3\". templates.thanks: write a text, not 5.")]
    public async Task What_is_wrong_with_settings_is_told_with_its_place(string body, string words) =>
        Assert.That((await ProblemAsync("PUT", "/v2/settings", body)).Detail, Is.EqualTo(words));

    [TestCase("text/plain", "Send JSON, with Content-Type: application/json.")]
    [TestCase("application/x-www-form-urlencoded", "Send JSON, with Content-Type: application/json.")]
    [TestCase(null, "Send JSON, with Content-Type: application/json.")]
    [TestCase("application/json; charset=nothing", "Send JSON in UTF-8; 'nothing' is not read.")]
    [TestCase("application/json; charset=utf-16", "Send JSON in UTF-8; 'utf-16' is not read.")]
    public async Task A_body_of_another_type_is_refused(string? type, string words)
    {
        var problem = await ProblemAsync("POST", Corrections, """{"says":"solve"}""", type, HttpStatusCode.UnsupportedMediaType);
        Assert.That(problem.Errors.Single(), Is.EqualTo(words));
    }

    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/json; charset=\"UTF-8\"")]
    public async Task What_is_said_to_be_UTF8_is_read(string type) =>
        Assert.That((await ProblemAsync("POST", Corrections, """{"says":1}""", type)).Errors.Single(), Does.StartWith("says: write"));

    [Test]
    public async Task Too_large_a_body_is_refused()
    {
        var problem = await ProblemAsync("POST", Corrections, $$"""{"says":"solve","of":"{{new string('x', 2 << 20)}}"}""", status: HttpStatusCode.RequestEntityTooLarge);
        Assert.That(problem.Errors.Single(), Is.EqualTo("The body is too large: a megabyte is the most."));
    }

    [Test]
    public async Task No_more_is_quoted_than_one_reads()
    {
        var much = new string('x', 1000);
        foreach (var path in new[] { $"summary?{much}=1", $"summary?channel={much}&tool={much}&label={much}&answer={much}&status={much}&requester={much}&from={much}", $"threads?limit={much}", $"threads?sort={much}", $"series?step={much}", $"explain/{much}", $"distribution/{much}", $"breakdown/{much}" })
            Assert.That((await _api.ProblemAsync("/v2/" + path)).Detail, Does.Not.Contain(much[..101]), path[..20]);
        foreach (var body in new[] { $$"""{"{{much}}":1}""", $$"""{"says":"{{much}}"}""", $$"""{"says":{{new string('1', 1000)}} }""", $$"""{"says":"retag","tools":{"{{much}}":1} }""" })
            Assert.That((await ProblemAsync("POST", Corrections, body)).Detail, Does.Not.Contain(much[..101]).And.Not.Contain(new string('1', 101)), body[..20]);
        Assert.That((await ProblemAsync("PUT", "/v2/settings", $$"""{"templates":{"{{much}}":1} }""")).Detail, Does.Not.Contain(much[..101]));
        Assert.That((await _api.ProblemAsync($"/v2/threads/{much}/1.0", HttpStatusCode.NotFound)).Detail, Does.Not.Contain(much[..101]));
    }

    [Test]
    public async Task Of_a_body_with_a_thousand_mistakes_some_are_told() =>
        Assert.That((await ProblemAsync("POST", Corrections, $$"""{ {{string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"x{i}\":1"))}} }""")).Errors, Has.Count.EqualTo(20));

    [TestCase("GET", "/v2/nothing", HttpStatusCode.NotFound, "There is no such route; /docs lists them.")]
    [TestCase("GET", "/nothing", HttpStatusCode.NotFound, "There is no such route; /docs lists them.")]
    [TestCase("POST", "/v2/summary", HttpStatusCode.MethodNotAllowed, "This route does not answer POST; it answers GET.")]
    [TestCase("DELETE", "/v2/settings", HttpStatusCode.MethodNotAllowed, "This route does not answer DELETE; it answers GET, PUT.")]
    public async Task What_no_route_answers_is_told(string method, string path, HttpStatusCode status, string words)
    {
        var problem = await ProblemAsync(method, path, "{}", status: status);
        Assert.That((problem.Errors.Single(), problem.Detail), Is.EqualTo((words, words)));
    }

    [Test]
    public async Task Another_method_is_refused_with_those_that_there_are()
    {
        using var answer = await _api.Client.DeleteAsync("/v2/settings", Ct);
        Assert.That(answer.Content.Headers.Allow, Is.EquivalentTo(["GET", "PUT"]));
    }

    private Task<Problem> ProblemAsync(
        string method, string path, string body, string? type = "application/json", HttpStatusCode status = HttpStatusCode.BadRequest) =>
        ProblemAsync(method, path, Encoding.UTF8.GetBytes(body), type, status);

    private async Task<Problem> ProblemAsync(
        string method, string path, byte[] body, string? type = "application/json", HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = new ByteArrayContent(body);
        if (type is not null)
            request.Content?.Headers.TryAddWithoutValidation("Content-Type", type);
        // What is too large is refused before it is sent: else the connection may end while it is.
        request.Headers.ExpectContinue = body.Length > 1 << 20;
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var answer = await _api.Client.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((status, "application/problem+json")), text);
        return JsonSerializer.Deserialize<Problem>(text, ApiJson.Options)!;
    }
}
