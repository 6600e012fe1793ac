using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Subot.Tests.Slack;

/// <summary>A call that the fake received.</summary>
internal sealed record FakeCall(string Method, string Body, IFormCollection? Form, string? Authorization, string? ContentType)
{
    public string? this[string field] => Form?[field].FirstOrDefault();
}

/// <summary>
/// A scripted Slack on a free port: methods answer what the test says, sockets are in the test's hands.
/// </summary>
internal sealed class FakeSlack : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<FakeSocket> _sockets = Channel.CreateUnbounded<FakeSocket>();
    private readonly ConcurrentDictionary<string, Func<FakeCall, IResult>> _answers = new();
    private readonly Channel<FakeCall> _arrived = Channel.CreateUnbounded<FakeCall>();

    private int _open, _mostOpen;

    private FakeSlack(X509Certificate2? certificate)
    {
        _app = LoopbackApp.Build(certificate);
        _app.UseWebSockets();
        _app.MapPost("/api/{method}", AnswerAsync);
        _app.MapPost("/files/{id}", AnswerFileAsync);
        _app.Map("/link", AcceptAsync);
    }

    public ConcurrentQueue<FakeCall> Calls { get; } = new();

    /// <summary>Whether each socket says hello by itself.</summary>
    public bool SaysHello { get; set; } = true;

    /// <summary>Whether sockets are read; one that is not answers no pings.</summary>
    public bool ReadsSockets { get; set; } = true;

    /// <summary>Answers the next handshakes with these status codes instead of a socket.</summary>
    public ConcurrentQueue<int> RefusedHandshakes { get; } = new();

    /// <summary>How many sockets are open now, and were at most at a time.</summary>
    public (int Now, int Most) OpenSockets => (_open, _mostOpen);

    /// <summary>What hello tells of the app's connections.</summary>
    public int NumConnections { get; set; } = 1;

    public Uri Address { get; private set; } = null!;

    public Uri Api => new(Address, "api/");

    public static async Task<FakeSlack> StartAsync(X509Certificate2? certificate = null)
    {
        var slack = new FakeSlack(certificate);
        await slack._app.StartAsync();
        slack.Address = LoopbackApp.AddressOf(slack._app);
        slack.On("apps.connections.open", _ => Json($$"""{"ok":true,"url":"{{slack.SocketAddress}}"}"""));
        return slack;
    }

    public string SocketAddress => $"{(Address.Scheme == "https" ? "wss" : "ws")}://127.0.0.1:{Address.Port}/link?ticket=1";

    public static IResult Json(string json) => Results.Text(json, "application/json");

    public static IResult Error(string code) => Json($$"""{"ok":false,"error":"{{code}}"}""");

    public void On(string method, Func<FakeCall, IResult> answer) => _answers[method] = answer;

    /// <summary>The answers one after the other; the last one stays.</summary>
    public void On(string method, params Func<FakeCall, IResult>[] answers)
    {
        var next = -1;
        On(method, call => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](call));
    }

    public void On(string method, string json) => On(method, _ => Json(json));

    public int CountOf(string method) => Calls.Count(call => call.Method == method);

    public async Task<FakeSocket> NextSocketAsync(CancellationToken ct) => await _sockets.Reader.ReadAsync(ct);

    /// <summary>The next call of the method that has not been waited for.</summary>
    public async Task<FakeCall> NextCallAsync(string method, CancellationToken ct)
    {
        while (true)
        {
            var call = await _arrived.Reader.ReadAsync(ct);
            if (call.Method == method)
                return call;
        }
    }

    private async Task<IResult> AnswerAsync(string method, HttpContext context)
    {
        context.Request.EnableBuffering();
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        context.Request.Body.Position = 0;
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        var call = new FakeCall(method, body, form, context.Request.Headers.Authorization, context.Request.ContentType);
        Calls.Enqueue(call);
        _arrived.Writer.TryWrite(call);
        return _answers.TryGetValue(method, out var answer) ? answer(call) : Json("""{"ok":true}""");
    }

    private async Task<IResult> AnswerFileAsync(string id, HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        Calls.Enqueue(new FakeCall("upload", body, null, context.Request.Headers.Authorization, context.Request.ContentType));
        return Results.Text($"OK - {body.Length}");
    }

    private async Task AcceptAsync(HttpContext context)
    {
        if (RefusedHandshakes.TryDequeue(out var status))
        {
            context.Response.StatusCode = status;
            return;
        }
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        var socket = new FakeSocket(webSocket, context.Abort);
        InterlockedMax(Interlocked.Increment(ref _open));
        if (SaysHello)
            await socket.HelloAsync(NumConnections);
        _sockets.Writer.TryWrite(socket);
        if (ReadsSockets)
            await socket.ReadAsync();
        else
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        Interlocked.Decrement(ref _open);
    }

    private void InterlockedMax(int open)
    {
        lock (_sockets)
            _mostOpen = Math.Max(_mostOpen, open);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
