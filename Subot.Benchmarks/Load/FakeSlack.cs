using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Subot.Benchmarks.Load;

/// <summary>
/// As much of Slack as a load needs: the Web API of an empty workspace, posts at Slack's pace (one a second and channel), and websockets
/// that bring events.
/// </summary>
internal sealed class FakeSlack : IAsyncDisposable
{
    // Slack takes about one post a second, and small bursts.
    private const int MillisecondsBetweenPosts = 900;

    private readonly SocketListener _sockets = new();
    private readonly ConcurrentDictionary<string, long> _lastPost = [];
    private readonly WebApplication _api;
    private long _posts;
    private long _refusedPosts;

    private FakeSlack()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _api = builder.Build();
        _api.MapMethods("/api/{method}", ["GET", "POST"], AnswerAsync);
    }

    /// <summary>The base URL of the Web API.</summary>
    public string ApiUrl => $"{_api.Urls.First()}/api/";

    /// <summary>Messages posted.</summary>
    public long Posts => Interlocked.Read(ref _posts);

    /// <summary>Messages refused because they came too fast.</summary>
    public long RefusedPosts => Interlocked.Read(ref _refusedPosts);

    public static async Task<FakeSlack> StartAsync(CancellationToken ct)
    {
        var slack = new FakeSlack();
        await slack._api.StartAsync(ct);
        return slack;
    }

    /// <summary>The next client that was greeted.</summary>
    public ValueTask<SocketSession> NextClientAsync(CancellationToken ct) => _sockets.NextAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _sockets.DisposeAsync();
        await _api.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var method = (string)context.Request.RouteValues["method"]!;
        var arguments = await ArgumentsAsync(context.Request);
        var answer = method == "chat.postMessage" ? Post(context.Response, arguments) : Answer(method, arguments);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private string Post(HttpResponse response, Dictionary<string, string> arguments)
    {
        var channel = arguments.GetValueOrDefault("channel", "");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var accepted = false;
        _lastPost.AddOrUpdate(
            channel,
            _ => Accept(now),
            (_, last) => now - last >= MillisecondsBetweenPosts ? Accept(now) : Refuse(last));
        if (!accepted)
        {
            Interlocked.Increment(ref _refusedPosts);
            response.StatusCode = StatusCodes.Status429TooManyRequests;
            response.Headers.RetryAfter = "1";
            return """{"ok":false,"error":"ratelimited"}""";
        }

        var number = Interlocked.Increment(ref _posts);
        var ts = string.Create(CultureInfo.InvariantCulture, $"{now / 1000}.{number % 1_000_000:D6}");
        var thread = arguments.TryGetValue("thread_ts", out var root) ? $"\"thread_ts\":\"{root}\"," : "";
        return $$$"""{"ok":true,"channel":"{{{channel}}}","ts":"{{{ts}}}","message":{"type":"message","user":"{{{Workspace.BotUser}}}","bot_id":"B0LOAD00000","app_id":"A0LOAD00000","team":"T0LOAD00000",{{{thread}}}"text":"","ts":"{{{ts}}}"}}""";

        long Accept(long at)
        {
            accepted = true;
            return at;
        }

        long Refuse(long last)
        {
            accepted = false;
            return last;
        }
    }

    private string Answer(string method, Dictionary<string, string> arguments) => method switch
    {
        "apps.connections.open" => $$"""{"ok":true,"url":"{{_sockets.Url}}"}""",
        "auth.test" => $$"""{"ok":true,"url":"https://load.slack.com/","team":"Load","user":"subot","team_id":"T0LOAD00000","user_id":"{{Workspace.BotUser}}","bot_id":"B0LOAD00000","is_enterprise_install":false}""",
        "conversations.info" or "conversations.join" => $$"""{"ok":true,"channel":{{Channel(arguments.GetValueOrDefault("channel", ""))}}}""",
        "conversations.list" => $$$"""{"ok":true,"channels":[{{{string.Join(',', Workspace.Channels.Select(Channel))}}}],"response_metadata":{"next_cursor":""}}""",
        "conversations.history" or "conversations.replies" => """{"ok":true,"messages":[],"has_more":false,"response_metadata":{"next_cursor":""}}""",
        "conversations.members" => $$$"""{"ok":true,"members":["{{{Workspace.BotUser}}}"],"response_metadata":{"next_cursor":""}}""",
        "users.info" => $$"""{"ok":true,"user":{{User(arguments.GetValueOrDefault("user", ""))}}}""",
        "users.list" => $$$"""{"ok":true,"members":[{{{string.Join(',', Workspace.Team.Select(User))}}}],"response_metadata":{"next_cursor":""}}""",
        "team.info" => """{"ok":true,"team":{"id":"T0LOAD00000","name":"Load","domain":"load"}}""",
        "usergroups.list" => """{"ok":true,"usergroups":[]}""",
        _ => """{"ok":true}""",
    };

    private static string Channel(string id) =>
        $$"""{"id":"{{id}}","name":"{{id.ToLowerInvariant()}}","is_channel":true,"is_private":false,"is_archived":false,"is_member":true,"created":1500000000}""";

    private static string User(string id) =>
        $$$"""{"id":"{{{id}}}","team_id":"T0LOAD00000","name":"{{{id.ToLowerInvariant()}}}","deleted":false,"is_bot":false,"tz":"UTC","tz_offset":0,"profile":{"real_name":"{{{id}}}","display_name":"{{{id}}}"}}""";

    private static async Task<Dictionary<string, string>> ArgumentsAsync(HttpRequest request)
    {
        var arguments = request.Query.ToDictionary(p => p.Key, p => p.Value.ToString());
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync())
                arguments[name] = value.ToString();
        }
        else if (request.ContentLength > 0)
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            foreach (var property in body.RootElement.EnumerateObject())
                arguments[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
        }

        return arguments;
    }
}
