using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Subot.Api.Access;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>The API describes itself, and what it says is reviewed.</summary>
internal sealed class DocumentTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private MemoryStore _store = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task Start()
    {
        _store = new MemoryStore();
        _api = await RunningApi.StartAsync(_store);
    }

    [TearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task The_document_names_every_route_and_is_reviewed()
    {
        var document = JsonNode.Parse(await _api.Client.GetStringAsync("/openapi/v2.json", Ct))!;

        Assert.That((string?)document["openapi"], Does.StartWith("3.1"));
        var routes = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"));
        Assert.That(routes, Is.EquivalentTo(AccessTable.Rows.Select(r => r.Route).Where(r => r.Contains(" /v2/", StringComparison.Ordinal))));
        Snapshot.Matches("openapi.json", document.ToJsonString(s_indented));
    }

    [Test]
    public async Task Every_route_says_what_it_answers_when_it_refuses_and_how_one_signs_in()
    {
        var document = JsonNode.Parse(await _api.Client.GetStringAsync("/openapi/v2.json", Ct))!;

        Assert.That(document["components"]!["securitySchemes"]!.AsObject().Select(s => s.Key), Is.EquivalentTo(["session", "bearer"]));
        foreach (var (route, operation) in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => ($"{method.Key} {path.Key}", method.Value!))))
        {
            Assert.That((string?)operation["responses"]!["default"]!["content"]!["application/problem+json"]!["schema"]!["$ref"], Is.EqualTo("#/components/schemas/Problem"), route);
            var isOfAdmins = (string?)operation["description"] is "For agents." or "For admins.";
            // One more, which asks for nothing, where nobody has to sign in.
            Assert.That(operation["security"]!.AsArray(), Has.Count.EqualTo(isOfAdmins ? 2 : 3), route);
        }
    }

    [Test]
    public async Task The_documentation_names_every_word_that_a_parameter_may_be()
    {
        var document = JsonNode.Parse(await _api.Client.GetStringAsync("/openapi/v2.json", Ct))!;
        var documented = Regex.Matches(File.ReadAllText(Path.Combine(TestData.RepositoryFolder, "docs", "api.md")), "[a-z_]+").Select(m => m.Value).ToHashSet();

        var words = from path in document["paths"]!.AsObject()
                    from method in path.Value!.AsObject()
                    from parameter in method.Value!["parameters"]?.AsArray() ?? []
                    let schema = parameter!["schema"]!
                    from word in (schema["items"] ?? schema)["enum"]?.AsArray() ?? []
                    select (string)word!;
        Assert.That(words.Distinct().ToList(), Has.Count.GreaterThan(40).And.All.Matches<string>(documented.Contains));
    }

    [Test]
    public async Task The_page_loads_its_scripts_from_here_alone()
    {
        var page = await _api.Client.GetStringAsync("/docs", Ct);
        Assert.That(page, Does.Contain("scalar.js").And.Not.Contain("https://cdn"));
        using var script = await _api.Client.GetAsync("/docs/scalar.js", Ct);
        Assert.That(script.IsSuccessStatusCode);
    }

    [Test]
    public async Task Metrics_count_routes_and_tell_nothing_of_questions()
    {
        await _api.ProblemAsync("/v2/summary?tool=secret-tool");
        await _api.ProblemAsync("/v2/threads/C0SECRET/1.000000", System.Net.HttpStatusCode.NotFound);

        var metrics = await _api.Client.GetStringAsync("/metrics", Ct);

        Assert.That(metrics, Does.Contain("http_server_request_duration_seconds_count").And.Contain("http_route=\"/v2/threads/{channel}/{ts}\""));
        Assert.That(metrics, Does.Not.Contain("secret").IgnoreCase);
    }
}
