using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;
using Subot.Tests.EndToEnd;

namespace Subot.Tests.Api;

/// <summary>The API as a program of its own: what it says at its start, and where it sends its traces.</summary>
internal sealed class ApiProgramTests
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(5));
    private string _folder = "";

    [OneTimeTearDown]
    public void End() => _limit.Dispose();

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("subot-test-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_folder_that_does_not_exist_is_refused_and_not_made()
    {
        var missing = Path.Combine(_folder, "missing");

        await RefusesAsync(ApiProcess.On(missing), "There is no store in", missing, "--data", "SUBOT_DATA");

        Assert.That(Directory.Exists(missing), Is.False);
    }

    [Test]
    public async Task A_port_that_is_taken_is_named_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var run = await RefusesAsync(ApiProcess.On(_folder, ("SUBOT_API_PORT", $"{port}")), $"Port {port} is taken", "SUBOT_API_PORT");

        Assert.That(run.Error.Trim().Split('\n'), Has.Length.EqualTo(1));
    }

    [TestCase("99999")]
    [TestCase("abc")]
    [TestCase("-1")]
    public async Task A_port_that_is_none_is_told_with_an_example(string port) =>
        await RefusesAsync(ApiProcess.On(_folder, ("SUBOT_API_PORT", port)), $"SUBOT_API_PORT={port} is no port", "8080");

    [Test]
    public async Task In_an_empty_folder_it_starts_and_leads_to_its_description()
    {
        await using var api = await ApiProcess.StartAsync(_folder, _limit.Token);
        Assert.That(api.Output, Does.Contain(new Uri(api.Client.BaseAddress!, "/docs").ToString()));

        using var answer = await api.Client.GetAsync("/", _limit.Token);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(new Uri(api.Client.BaseAddress!, answer.Headers.Location!).AbsolutePath, Is.EqualTo("/docs"));
    }

    [Test]
    public async Task Traces_tell_routes_and_statuses_and_nothing_of_a_question()
    {
        var received = Channel.CreateUnbounded<string>();
        await using var collector = LoopbackApp.Build(certificate: null);
        collector.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body, Encoding.Latin1);
            await received.Writer.WriteAsync(await body.ReadToEndAsync());
        });
        await collector.StartAsync(_limit.Token);
        await using var api = await ApiProcess.StartAsync(
            _folder, _limit.Token,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", LoopbackApp.AddressOf(collector).ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100"));

        foreach (var question in (string[])["/v2/threads?q=secret", "/v2/threads/C0SECRET/1763884800.123459?secret=1", "/secret", "/v2/summary?requester=U0SECRET"])
            using (await api.Client.GetAsync(question, _limit.Token))
            {
            }

        var traces = "";
        while (!traces.Contains("GET /v2/summary", StringComparison.Ordinal))
            traces += await received.Reader.ReadAsync(_limit.Token);
        Assert.That(traces, Does.Contain("subot-api").And.Contain("GET /v2/threads/{channel}/{ts}").And.Contain("http.response.status_code"));
        Assert.That(traces, Does.Not.Contain("secret").IgnoreCase.And.Not.Contain("url.query"));
    }

    [Test]
    public async Task Metrics_name_the_service()
    {
        await using var api = await ApiProcess.StartAsync(_folder, _limit.Token);

        Assert.That(await api.Client.GetStringAsync("/metrics", _limit.Token), Does.Contain("service_name=\"subot-api\""));
    }

    private async Task<SubotRun> RefusesAsync(ProcessStartInfo start, params string[] says)
    {
        var run = await SubotProgram.RunAsync(start, _limit.Token);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output + run.Error);
        Assert.That(run.Error, Does.StartWith("subot-api: "));
        Assert.That(run.Output + run.Error, Does.Not.Contain("   at "), "one message, no stack");
        foreach (var words in says)
            Assert.That(run.Error, Does.Contain(words));
        return run;
    }
}
