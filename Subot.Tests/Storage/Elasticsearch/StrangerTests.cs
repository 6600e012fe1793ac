using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using Subot.Storage;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>What is said when the other end is not what was hoped for.</summary>
internal sealed class StrangerTests : ClientFixture
{
    private FakeSearchServer _server = null!;

    private static readonly TestCaseData<RequestDelegate>[] s_strangers =
    [
        new(FakeSearchServer.Text(200, "<html>Welcome to nginx!</html>")) { TestName = "A_web_page" },
        new(FakeSearchServer.Text(404, "Not Found", "text/plain")) { TestName = "A_404_of_something_else" },
        new(FakeSearchServer.Json(404, """{"message":"no Route matched with those values"}""")) { TestName = "A_404_of_a_gateway" },
        new(FakeSearchServer.Json(200, """{"status":"ok","version":3}""")) { TestName = "Other_JSON" },
        new(FakeSearchServer.Json(200, "[1]")) { TestName = "A_list" },
        new(FakeSearchServer.Json(200, "")) { TestName = "Nothing" },
        new(FakeSearchServer.Json(405, """{"error":"no"}""")) { TestName = "A_405_of_something_else" },
        new(FakeSearchServer.Text(302, "")) { TestName = "A_redirect" },
        new(FakeSearchServer.Text(500, "<html>oops</html>")) { TestName = "An_error_page" },
    ];

    [SetUp]
    public async Task StartAsync() => _server = await FakeSearchServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCaseSource(nameof(s_strangers))]
    public void Whoever_is_no_search_server_is_refused_by_the_name_of_the_variable(RequestDelegate answer)
    {
        _server.Always(answer);

        var error = Refused(ConnectAsync);

        Assert.That(error.Message, Does.Contain("not Elasticsearch").And.Contain("ELASTICSEARCH_URL").And.Contain(_server.Url.Authority));
        Assert.That(error.MayPass, Is.False);
    }

    [TestCase("6.8.6", false, "needs Elasticsearch 7.10 or newer")]
    [TestCase("7.9.3", false, "needs Elasticsearch 7.10 or newer")]
    [TestCase("1.3.20", true, "needs OpenSearch 2.0 or newer")]
    public void Old_versions_are_refused(string version, bool isOpenSearch, string said)
    {
        _server.Always(Greeting(version, isOpenSearch));

        Assert.That(Refused(ConnectAsync).Message, Does.Contain(version).And.Contain(said));
    }

    [TestCase("7.10.0", false)]
    [TestCase("9.1.0-SNAPSHOT", false)]
    [TestCase("2.0.0", true)]
    [TestCase("3.2.0", true)]
    public async Task Newer_ones_are_taken(string version, bool isOpenSearch)
    {
        _server.Always(Greeting(version, isOpenSearch));

        Assert.That((await ConnectAsync()).ToString(), Is.EqualTo($"{(isOpenSearch ? "OpenSearch" : "Elasticsearch")} {version.Split('-')[0]}"));
    }

    [Test]
    public async Task An_import_may_take_an_older_one()
    {
        _server.Always(Greeting("6.8.6", isOpenSearch: false));
        using var client = Client(_server);

        Assert.That((await client.ConnectAsync(default, oldest: new Version(6, 0))).Version, Is.EqualTo(new Version(6, 8, 6)));
    }

    [TestCase(401, "security_exception", "ELASTICSEARCH_PASSWORD", false)]
    [TestCase(403, "security_exception", "manage_index_templates", false)]
    [TestCase(503, "master_not_discovered_exception", "_cluster/health", true)]
    [TestCase(429, "circuit_breaking_exception", "heap", true)]
    [TestCase(413, "content_too_long_exception", "http.max_content_length", false)]
    [TestCase(500, "null_pointer_exception", "See its log", true)]
    [TestCase(400, "parsing_exception", "parsing_exception", false)]
    public void Errors_say_what_to_do_and_quote_no_document(int status, string type, string said, bool mayPass)
    {
        _server.Always(FakeSearchServer.Error(status, type, $"failed on [{Secret}]"));

        var error = Refused(ConnectAsync);

        Assert.That(error.Message, Does.Contain(said));
        Assert.That(error.MayPass, Is.EqualTo(mayPass));
    }

    [Test]
    public void Sign_ins_that_a_proxy_refuses_are_told_as_such()
    {
        _server.Always(FakeSearchServer.Text(401, "<html>401 Authorization Required</html>"));

        Assert.That(Refused(ConnectAsync).Message, Does.Contain("ELASTICSEARCH_USERNAME"));
    }

    [Test]
    public async Task User_and_password_or_a_key_are_sent_and_never_shown()
    {
        _server.Always(Greeting("8.0.0", isOpenSearch: false));
        var asUser = OptionsFor(_server.Url) with { Username = "subot", Password = Secret };
        var byKey = OptionsFor(_server.Url) with { ApiKey = Secret };
        foreach (var options in (IEnumerable<Subot.Storage.Elasticsearch.ElasticsearchOptions>)[asUser, byKey])
        {
            using var client = Client(options);
            await client.ConnectAsync(default);
        }

        Assert.That(_server.Requests.Select(r => r.Authorization), Is.EqualTo(new[] { BasicAuth("subot", Secret), $"ApiKey {Secret}" }));
        Assert.That($"{asUser} {byKey}", Does.Not.Contain(Secret).And.Contain(_server.Url.Authority));
    }

    [Test]
    public void A_host_that_is_not_known_and_a_port_where_nobody_listens_are_told_apart()
    {
        using var nowhere = Client(OptionsFor(new Uri("http://no-such-host.invalid:9200")));
        using var closed = Client(OptionsFor(new Uri("http://127.0.0.1:1")));

        var unknown = Assert.ThrowsAsync<StoreException>(() => nowhere.ConnectAsync(default))!;
        var refused = Assert.ThrowsAsync<StoreException>(() => closed.ConnectAsync(default))!;

        Assert.That(unknown.Message, Does.Contain("no-such-host.invalid").And.Contain("is not known"));
        Assert.That(refused.Message, Does.Contain("cannot be reached").And.Contain("ELASTICSEARCH_URL"));
        Assert.That((unknown.MayPass, refused.MayPass), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task Long_requests_and_answers_are_compressed()
    {
        _server.Always(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "application/json";
            using var gzip = new System.IO.Compression.GZipStream(context.Response.BodyWriter.AsStream(), System.IO.Compression.CompressionLevel.Fastest);
            gzip.Write("""{"items":[{"create":{"status":201,"_seq_no":7,"_primary_term":1}}]}"""u8);
            return Task.CompletedTask;
        });
        using var client = Client(_server);

        await client.BulkAsync([Create("notes", "short", new(1))], default);
        var outcomes = await client.BulkAsync([Create("notes", "long", new(1, new string('x', 2000)))], default);

        Assert.That(outcomes[0].Version, Is.EqualTo(new DocumentVersion(7, 1)));
        Assert.That(_server.Requests.Select(r => r.Encoding), Is.EqualTo(new[] { null, "gzip" }));
        Assert.That(_server.Requests.Select(r => r.AcceptEncoding), Has.All.Contains("gzip"));
        Assert.That(_server.Requests.Last().Body, Does.Contain(new string('x', 2000)));
    }

    private static RequestDelegate Greeting(string version, bool isOpenSearch) => FakeSearchServer.Json(200,
        $$$"""{"cluster_name":"c","version":{"distribution":"{{{(isOpenSearch ? "opensearch" : "none")}}}","number":"{{{version}}}"}}""");

    private async Task<ServerInfo> ConnectAsync()
    {
        using var client = Client(_server);
        return await client.ConnectAsync(default);
    }
}
