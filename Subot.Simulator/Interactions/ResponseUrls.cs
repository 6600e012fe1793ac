using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Subot.Simulator.Model;
using Subot.Simulator.WebApi;

namespace Subot.Simulator.Interactions;

/// <summary>The response_url of a command or an interaction: five uses within 30 minutes, no token needed.</summary>
internal sealed class ResponseUrls(Workspace workspace, AppMessages messages)
{
    private const int MostUses = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<string, Target> targets = [];

    /// <summary>
    /// A new URL path that answers this person in this channel, and may replace the message an interaction came from
    /// (null for a command).
    /// </summary>
    public string Issue(string channel, string user, string? messageTs)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        targets[key] = new Target(channel, user, messageTs, workspace.Time.GetTimestamp());
        return $"response/{workspace.App.TeamId}/{key}";
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/response/{team}/{key}", ReceiveAsync);

    private async Task<IResult> ReceiveAsync(string key, HttpRequest request)
    {
        var body = Json.TryObject(await request.ReadBytesAsync(request.HttpContext.RequestAborted));
        if (!targets.TryGetValue(key, out var target))
            return Refused("expired_url", StatusCodes.Status404NotFound);
        if (workspace.Time.GetElapsedTime(target.Since) > Lifetime)
            return Refused("expired_url", StatusCodes.Status410Gone);
        if (body is null)
            return Refused("invalid_payload", StatusCodes.Status400BadRequest);
        if (target.CountUse() > MostUses)
            return Refused("used_url", StatusCodes.Status404NotFound);
        return Apply(target, body) is { } error ? Refused(error, StatusCodes.Status200OK) : Results.Text("ok");
    }

    private string? Apply(Target target, JsonObject body)
    {
        if (body.Flag("delete_original"))
            return target.MessageTs is null ? "no_original" : messages.Remove(target.Channel, target.User, target.MessageTs);
        if (body.Flag("replace_original") && target.MessageTs is not null)
            return messages.Replace(target.Channel, target.User, target.MessageTs, body);
        return messages.Show(target.Channel, target.User, body).Error;
    }

    private static IResult Refused(string error, int status) =>
        Results.Text(Answer.Error(error).ToJsonString(), "application/json", statusCode: status);

    private sealed class Target(string channel, string user, string? messageTs, long since)
    {
        private int uses;

        public string Channel { get; } = channel;
        public string User { get; } = user;
        public string? MessageTs { get; } = messageTs;
        public long Since { get; } = since;

        public int CountUse() => Interlocked.Increment(ref uses);
    }
}
