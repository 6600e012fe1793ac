using System.Text.Json.Nodes;
using Subot.Simulator.Interactions;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;

namespace Subot.Simulator.Page;

/// <summary>
/// Tells open pages what changed, as server-sent events. Changes of the same message within a moment are told once, and a
/// page that is far behind is told to load anew: a workspace under load costs a page little, and one without pages nothing.
/// </summary>
internal sealed class PageFeed(Workspace workspace, SocketHub hub, Ephemerals ephemerals, Views views, PageState state)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);
    private readonly Lock gate = new();
    private readonly List<PageSubscription> subscriptions = [];

    public void Start()
    {
        workspace.Shown += change => Tell(page => page.Mark(change));
        workspace.DirectoryChanged += () => Tell(page => page.MarkDirectory());
        hub.ConnectionsChanged += () => Tell(page => page.MarkDirectory());
        ephemerals.Changed += ephemeral => Tell(page => page.Add(Note("ephemeral", ephemeral.ChannelId, ephemeral.Ts, ephemeral.User, Body(ephemeral))));
        views.Changed += view => Tell(page => page.Add(Note("view", null, view.Id, view.User, view.Json.Count == 0 ? null : view.Json.DeepClone())));
    }

    /// <summary>Writes events until the page goes.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        var page = new PageSubscription();
        lock (gate)
            subscriptions.Add(page);
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            page.MarkDirectory();
            while (await page.ChangedAsync(http.RequestAborted))
            {
                await WriteAsync(http, page.Take());
                await Task.Delay(Moment, workspace.Time, http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        finally
        {
            lock (gate)
                subscriptions.Remove(page);
        }
    }

    private async Task WriteAsync(HttpContext http, PageChanges changes)
    {
        if (changes.IsTooMuch)
            await WriteAsync(http, new JsonObject { ["type"] = "reload" });
        if (changes.IsDirectoryChanged)
            await WriteAsync(http, new JsonObject { ["type"] = "directory", ["directory"] = state.Directory() });
        foreach (var change in changes.Messages)
            await WriteAsync(http, Note("message", change.Channel.Id, change.Ts, null, state.Message(change)));
        foreach (var note in changes.Notes)
            await WriteAsync(http, note);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext http, JsonObject note)
    {
        await http.Response.Body.WriteAsync("data: "u8.ToArray(), http.RequestAborted);
        await http.Response.Body.WriteAsync(Json.Bytes(note), http.RequestAborted);
        await http.Response.Body.WriteAsync("\n\n"u8.ToArray(), http.RequestAborted);
    }

    private static JsonNode? Body(Ephemeral ephemeral) => ephemeral.Body.Count == 0 ? null : PageState.Shown(ephemeral);

    private static JsonObject Note(string type, string? channel, string id, string? user, JsonNode? content) => new()
    {
        ["type"] = type,
        ["channel"] = channel,
        ["id"] = id,
        ["user"] = user,
        ["content"] = content,
    };

    private void Tell(Action<PageSubscription> tell)
    {
        lock (gate)
            foreach (var page in subscriptions)
                tell(page);
    }
}
