using System.Text.Json.Nodes;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;

namespace Subot.Simulator;

/// <summary>
/// GET /stats: what was delivered, and what the app posted where. With ?wait=idle it answers once no event is outstanding,
/// or, with ?timeout=seconds, when that time is over.
/// </summary>
internal sealed class StatsEndpoint(Workspace workspace, SocketHub hub)
{
    private const int UsualTimeout = 30;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/stats", AnswerAsync);

    private async Task<IResult> AnswerAsync(string? wait, int? timeout, CancellationToken cancellationToken)
    {
        if (wait == "idle")
            await WaitAsync(TimeSpan.FromSeconds(timeout ?? UsualTimeout), cancellationToken);
        var stats = hub.Counters.Show();
        stats["outstanding"] = hub.Outstanding;
        stats["connections"] = hub.ConnectionCount;
        stats["posts"] = Posts();
        return Results.Text(stats.ToJsonString(), "application/json");
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            await hub.WaitUntilAtMostAsync(0, cancellationToken).WaitAsync(longest, workspace.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The caller sees in "outstanding" that it is not idle.
        }
    }

    /// <summary>The app's messages in each channel: how many at its top, and how many in each thread.</summary>
    private JsonObject Posts()
    {
        var posts = new JsonObject();
        lock (workspace.Gate)
            foreach (var channel in workspace.Channels)
                if (channel.MessagesOf(workspace.App.BotUserId) is { Count: > 0 } own)
                    posts[channel.Id] = Count(own);
        return posts;
    }

    private static JsonObject Count(IReadOnlyList<Message> messages)
    {
        var threads = new JsonObject();
        foreach (var thread in messages.Where(message => message.ThreadTs is not null).GroupBy(message => message.ThreadTs!))
            threads[thread.Key] = thread.Count();
        return new JsonObject { ["channel"] = messages.Count(message => message.ThreadTs is null), ["threads"] = threads };
    }
}
