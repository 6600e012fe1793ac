using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Subot.Api;
using Subot.Api.Contracts;
using Subot.Hosting.Configuration;
using Subot.Storage;

namespace Subot.Tests.Api;

/// <summary>The API on a free port of this machine, over a store of the test.</summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private RunningApi(WebApplication app)
    {
        App = app;
        // Who asks before sending a large body waits for the answer.
        Client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = LoopbackApp.AddressOf(app) };
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    /// <param name="asAdmin">Whether who asks is the demo's admin.</param>
    /// <param name="logs">Keeps what it logs, if anybody wants to know.</param>
    public static async Task<RunningApi> StartAsync(
        IStore store, TimeProvider? time = null, bool asAdmin = false, ILoggerProvider? logs = null)
    {
        var source = new ParameterSource(name => name == "SUBOT_API_PORT" ? "0" : null);
        var app = ApiServer.Build(ApiOptions.Read(source, "unused") with { SampleAdmin = asAdmin }, store, time ?? TimeProvider.System, logging =>
        {
            if (logs is not null)
                logging.AddProvider(logs);
        });
        await app.StartAsync(Ct);
        return new RunningApi(app);
    }

    /// <summary>The answer to a question, which has to be one.</summary>
    public async Task<T> GetAsync<T>(string path)
    {
        using var answer = await Client.GetAsync(path, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{path}: {text}");
        return JsonSerializer.Deserialize<T>(text, ApiJson.Options)!;
    }

    /// <summary>What is said to a question that is refused.</summary>
    public async Task<Problem> ProblemAsync(string path, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var answer = await Client.GetAsync(path, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((status, "application/problem+json")), $"{path}: {text}");
        return JsonSerializer.Deserialize<Problem>(text, ApiJson.Options)!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
