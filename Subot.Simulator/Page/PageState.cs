using System.Text.Json.Nodes;
using Subot.Simulator.Interactions;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;

namespace Subot.Simulator.Page;

/// <summary>What the page shows of the workspace, as JSON.</summary>
internal sealed class PageState(Workspace workspace, SocketHub hub, Ephemerals ephemerals, Views views)
{
    private const int PageSize = 60;
    private const int FewBefore = 10;

    /// <summary>People, channels and the app, without messages.</summary>
    public JsonObject Directory()
    {
        lock (workspace.Gate)
            return new JsonObject
            {
                ["app"] = new JsonObject { ["name"] = workspace.App.Name, ["user"] = workspace.App.BotUserId, ["bot"] = workspace.App.BotId },
                ["shortcuts"] = new JsonArray([.. workspace.App.Shortcuts.Select(Shown)]),
                ["team"] = workspace.App.TeamName,
                ["connections"] = hub.ConnectionCount,
                ["people"] = new JsonArray([.. workspace.People.Select(Shown)]),
                ["channels"] = new JsonArray([.. workspace.Channels.Select(Shown)]),
                ["groups"] = new JsonArray([.. workspace.Groups.Select(group => group.Show(workspace.App.TeamId, withUsers: true))]),
            };
    }

    /// <summary>
    /// The newest messages of a channel before a ts (or the very newest), oldest first, and one person's own; all those
    /// <paramref name="since"/> a ts and a few before, where one is looked for.
    /// </summary>
    public JsonObject? Messages(string channelId, string? before, string? since, string? viewer)
    {
        lock (workspace.Gate)
        {
            if (workspace.FindChannel(channelId) is not { } channel)
                return null;
            var to = before is null ? channel.Timeline.Count : channel.Timeline.FirstFrom(before);
            var from = Math.Max(0, to - PageSize);
            if (since is not null)
                from = Math.Max(0, Math.Min(from, channel.Timeline.FirstFrom(since) - FewBefore));
            var messages = new JsonArray();
            for (var index = from; index < to; index++)
                messages.Add((JsonNode)channel.Show(channel.Timeline[index]));
            var own = ephemerals.All.Where(ephemeral => ephemeral.ChannelId == channelId && ephemeral.User == viewer).Select(Shown);
            return new JsonObject { ["messages"] = messages, ["ephemerals"] = new JsonArray([.. own]), ["has_more"] = from > 0 };
        }
    }

    /// <summary>A parent and all its replies.</summary>
    public JsonObject? Thread(string channelId, string ts)
    {
        lock (workspace.Gate)
        {
            if (workspace.FindChannel(channelId) is not { } channel)
                return null;
            var messages = new JsonArray();
            if (channel.Find(ts) is { } parent)
                messages.Add((JsonNode)channel.Show(parent));
            var replies = channel.RepliesTo(ts)?.Log;
            for (var index = 0; index < (replies?.Count ?? 0); index++)
                messages.Add((JsonNode)channel.Show(replies![index]));
            return new JsonObject { ["messages"] = messages };
        }
    }

    /// <summary>The app's home of one person and the modals open before them.</summary>
    public JsonObject ViewsOf(string user)
    {
        var own = views.All.Where(view => view.User == user).Select(view => view.Json.DeepClone());
        return new JsonObject { ["views"] = new JsonArray([.. own]) };
    }

    /// <summary>A message as it is now; null for one that is gone.</summary>
    public JsonObject? Message(MessageChange change)
    {
        lock (workspace.Gate)
            return change.Channel.Find(change.Ts) is { } message ? change.Channel.Show(message) : null;
    }

    public static JsonNode Shown(Ephemeral ephemeral)
    {
        var json = (JsonObject)ephemeral.Body.DeepClone();
        json["is_ephemeral"] = true;
        return json;
    }

    private static JsonNode Shown(Shortcut shortcut) =>
        new JsonObject { ["name"] = shortcut.Name, ["callback_id"] = shortcut.CallbackId, ["is_global"] = shortcut.IsGlobal };

    private static JsonNode Shown(Person person) => new JsonObject
    {
        ["id"] = person.Id,
        ["name"] = person.Name,
        ["real_name"] = person.RealName,
        ["title"] = person.Title,
        ["is_admin"] = person.IsAdmin,
        ["is_owner"] = person.IsOwner,
        ["is_bot"] = person.IsBot,
        ["is_deleted"] = person.IsDeleted,
    };

    private static JsonNode Shown(Channel channel) => new JsonObject
    {
        ["id"] = channel.Id,
        ["name"] = channel.Name,
        ["kind"] = channel.TypeName,
        ["topic"] = channel.Topic,
        ["purpose"] = channel.Purpose,
        ["is_archived"] = channel.IsArchived,
        ["members"] = Json.Array(channel.Members),
        ["latest"] = channel.Timeline.Count > 0 ? channel.Timeline.Last.Ts : null,
    };
}
