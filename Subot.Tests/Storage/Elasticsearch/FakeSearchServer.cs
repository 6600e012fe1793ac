using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>A request that the fake received.</summary>
internal sealed record SeenRequest(string Method, string Path, string Body, string? Authorization, string? Encoding, string? AcceptEncoding);

/// <summary>Says it is a search server, and answers what the test says: for what a real one cannot be brought to do.</summary>
internal sealed class FakeSearchServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RequestDelegate> _answers = new();
    private RequestDelegate _otherwise = Json(200, "{}");

    private FakeSearchServer(X509Certificate2? certificate)
    {
        _app = LoopbackApp.Build(certificate);
        _app.Run(AnswerAsync);
    }

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    /// <summary>Called when a request has arrived, before it is answered.</summary>
    public Action<SeenRequest>? Arrived { get; set; }

    public Uri Url { get; private set; } = null!;

    public static async Task<FakeSearchServer> StartAsync(X509Certificate2? certificate = null)
    {
        var server = new FakeSearchServer(certificate);
        await server._app.StartAsync();
        server.Url = LoopbackApp.AddressOf(server._app);
        return server;
    }

    /// <summary>Answers the next requests with these, one each.</summary>
    public FakeSearchServer Then(params RequestDelegate[] answers)
    {
        foreach (var answer in answers)
            _answers.Enqueue(answer);
        return this;
    }

    /// <summary>Answers all other requests with this.</summary>
    public FakeSearchServer Always(RequestDelegate answer)
    {
        _otherwise = answer;
        return this;
    }

    public static RequestDelegate Json(int status, string json) => Text(status, json, "application/json");

    public static RequestDelegate Text(int status, string text, string type = "text/html") => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    };

    /// <summary>An error as a search server tells it.</summary>
    public static RequestDelegate Error(int status, string type, string reason = "of no interest") =>
        Json(status, $$$"""{"error":{"root_cause":[],"type":"{{{type}}}","reason":"{{{reason}}}"},"status":{{{status}}}}""");

    /// <summary>Breaks the connection off instead of answering.</summary>
    public static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Breaks the connection off in the middle of the answer.</summary>
    public static async Task ResetHalfway(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("""{"items":[""");
        context.Abort();
    }

    /// <summary>Never answers.</summary>
    public static Task Never(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(
            request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body, Encoding.UTF8);
        var seen = new SeenRequest(request.Method, request.Path + request.QueryString, await reader.ReadToEndAsync(),
            request.Headers.Authorization, request.Headers.ContentEncoding, request.Headers.AcceptEncoding);
        Requests.Enqueue(seen);
        Arrived?.Invoke(seen);
        await (_answers.TryDequeue(out var answer) ? answer : _otherwise)(context);
    }
}
