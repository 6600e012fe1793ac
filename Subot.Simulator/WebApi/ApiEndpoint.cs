using System.Text.Json.Nodes;
using Subot.Simulator.Faults;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>Answers /api/{method}: token, scopes, limits, faults, arguments, place, then the method itself.</summary>
internal sealed class ApiEndpoint(ApiContext context, RateLimits limits, FaultBox faults, TimeProvider time)
{
    private static readonly Dictionary<string, ApiMethod> Methods = MethodTable.All.ToDictionary(method => method.Name);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/{method}", ["GET", "POST"], (string method, HttpContext http) => AnswerAsync(method, http));

    private async Task AnswerAsync(string name, HttpContext http)
    {
        var (arguments, unreadable) = await ArgumentReader.ReadAsync(http.Request, http.RequestAborted);
        var token = ArgumentReader.Token(http.Request, arguments);
        http.Response.Headers["x-slack-req-id"] = http.TraceIdentifier;
        if (!Methods.TryGetValue(name, out var method))
            await WriteAsync(http, Answer.Error("unknown_method"));
        else if (Refusal(method, token, http) is { } refusal)
            await WriteAsync(http, refusal);
        else if (unreadable is not null)
            await WriteAsync(http, Answer.Error(unreadable));
        else
            await AnswerAsync(method, new ApiCall(arguments, token, context), http);
    }

    private async Task AnswerAsync(ApiMethod method, ApiCall call, HttpContext http)
    {
        var fault = faults.ForCall(method.Name);
        if (fault?.Kind == ApiFaultKind.RateLimited)
            await RefuseAsync(http, fault.RetryAfter);
        else if (fault is null && limits.SecondsToWait(method, call["channel"]) is var wait and > 0)
            await RefuseAsync(http, wait);
        else if (fault?.Kind == ApiFaultKind.ServerError)
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        else if (fault?.Kind == ApiFaultKind.Error)
            await WriteAsync(http, Answer.Error(fault.Error));
        else if (fault is null)
            await WriteAsync(http, RunNow(method, call, http));
        else
            await BreakAsync(fault, method, call, http);
    }

    /// <summary>The call is carried out, at once or later, but its answer never comes.</summary>
    private async Task BreakAsync(ApiFault fault, ApiMethod method, ApiCall call, HttpContext http)
    {
        if (fault.Kind == ApiFaultKind.Timeout)
        {
            Run(method, call);
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), time, http.RequestAborted));
            http.Abort();
            return;
        }
        context.Later.Add(() => Run(method, call), TimeSpan.FromMilliseconds(fault.DelayMs));
        http.Abort();
    }

    /// <summary>
    /// Runs it and dates the answer with the moment of what it shows, which the server's own header is up to a second behind.
    /// </summary>
    private JsonObject RunNow(ApiMethod method, ApiCall call, HttpContext http)
    {
        lock (context.Workspace.Gate)
        {
            http.Response.Headers.Date = (time.GetUtcNow() - TimeSpan.FromMilliseconds(faults.Settings.DateLagMs)).ToString("R");
            return Run(method, call);
        }
    }

    private JsonObject Run(ApiMethod method, ApiCall call)
    {
        lock (context.Workspace.Gate)
        {
            foreach (var name in method.Required)
                if (!call.Has(name))
                    return Answer.Error("invalid_arguments", $"missing required field: {name}");
            return PlaceRefusal(method.Place, call) ?? KindRefusal(method, call) ?? method.Run(call);
        }
    }

    private JsonObject? Refusal(ApiMethod method, string? token, HttpContext http)
    {
        var kind = context.Tokens.KindOf(token);
        if (kind == TokenKind.None)
            return Answer.Error("not_authed");
        if (kind == TokenKind.Unknown)
            return Answer.Error("invalid_auth");
        if (faults.Settings.Token is { } code)
            return Answer.Error(code);
        var isAppMethod = method.Name == "apps.connections.open";
        if (kind == TokenKind.App ? !method.TakesAppToken : isAppMethod)
            return Answer.Error("not_allowed_token_type");
        if (kind == TokenKind.App)
            return null;
        http.Response.Headers["x-oauth-scopes"] = context.Tokens.ScopeList;
        http.Response.Headers["x-accepted-oauth-scopes"] = string.Join(',', method.Scopes);
        return method.Scopes.Length == 0 || method.Scopes.Any(context.Tokens.Scopes.Contains)
            ? null
            : Answer.MissingScope(method.Scopes[0], context.Tokens.ScopeList);
    }

    /// <summary>Finds the conversation a call acts on; the error when it cannot act there.</summary>
    private static JsonObject? PlaceRefusal(Place place, ApiCall call)
    {
        if (place == Place.None)
            return null;
        var id = call["channel"]!;
        var workspace = call.Workspace;
        var channel = place == Place.Open && workspace.FindPerson(id) is not null ? workspace.DirectWith(id) : workspace.FindChannel(id);
        var isMember = channel is not null && workspace.AppIsIn(channel);
        if (channel is null || (channel.Kind != ChannelKind.Public && !isMember))
            return Answer.Error("channel_not_found");
        if (place >= Place.Member && !isMember)
            return Answer.Error("not_in_channel");
        if (place == Place.Open && channel.IsArchived)
            return Answer.Error("is_archived");
        call.Channel = channel;
        return null;
    }

    /// <summary>Where a method has a scope for each kind of conversation, the token needs that of this one.</summary>
    private JsonObject? KindRefusal(ApiMethod method, ApiCall call)
    {
        if (method.Place == Place.None)
            return null;
        var prefix = call.Channel.Kind switch { ChannelKind.Private => "groups:", ChannelKind.Direct => "im:", _ => "channels:" };
        var needed = Array.Find(method.Scopes, scope => scope.StartsWith(prefix, StringComparison.Ordinal));
        return needed is null || context.Tokens.Scopes.Contains(needed) ? null : Answer.MissingScope(needed, context.Tokens.ScopeList);
    }

    private static Task RefuseAsync(HttpContext http, int seconds)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = seconds.ToString();
        return WriteAsync(http, Answer.Error("ratelimited"));
    }

    private static Task WriteAsync(HttpContext http, JsonObject answer)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.Body.WriteAsync(Json.Bytes(answer), http.RequestAborted).AsTask();
    }
}
