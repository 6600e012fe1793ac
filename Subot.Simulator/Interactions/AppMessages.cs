using System.Text.Json.Nodes;
using Subot.Simulator.Model;
using Subot.Simulator.WebApi;

namespace Subot.Simulator.Interactions;

/// <summary>Messages the app gives as an answer to a command or an interaction, to one person or to the channel.</summary>
internal sealed class AppMessages(Workspace workspace, Ephemerals ephemerals, BlockRules rules)
{
    /// <summary>Shows an answer: to its person alone unless response_type says in_channel. Its ts, or the error.</summary>
    public (string? Ts, string? Error) Show(string channelId, string user, JsonObject payload)
    {
        if (workspace.FindChannel(channelId) is not { } channel)
            return (null, "channel_not_found");
        var body = Body(payload);
        if (rules.Broken(body["blocks"] as JsonArray).Count > 0)
            return (null, "invalid_blocks");
        if (body.Text("text") is null or "" && body["blocks"] is null && body["attachments"] is null)
            return (null, "no_text");
        if (payload.Text("response_type") != "in_channel")
        {
            if (payload.Text("thread_ts") is { } thread)
                body["thread_ts"] = thread;
            return (ephemerals.Show(channel, user, body), null);
        }
        lock (workspace.Gate)
            return (workspace.PostBody(channel, body, payload.Text("thread_ts"), null).Ts, null);
    }

    /// <summary>Replaces a message, be it everyone's or one person's; the error when it is gone.</summary>
    public string? Replace(string channel, string user, string ts, JsonObject payload)
    {
        if (rules.Broken(payload["blocks"] as JsonArray).Count > 0)
            return "invalid_blocks";
        if (ephemerals.Find(ts) is { } ephemeral)
        {
            var body = Body(payload);
            body["ts"] = ts;
            if (ephemeral.Body.Text("thread_ts") is { } thread)
                body["thread_ts"] = thread;
            ephemerals.Put(ephemeral with { User = user, Body = body });
            return null;
        }
        var isChanged = workspace.Change(workspace.App.BotUserId, channel, ts, old =>
        {
            old.Remove("blocks");
            old.Remove("attachments");
            Copy(payload, old);
        });
        return isChanged ? null : "message_not_found";
    }

    public string? Remove(string channel, string user, string ts)
    {
        if (ephemerals.Find(ts) is { } ephemeral)
        {
            ephemerals.Put(ephemeral with { User = user, Body = [] });
            return null;
        }
        return workspace.Delete(channel, ts) ? null : "message_not_found";
    }

    private JsonObject Body(JsonObject payload)
    {
        var app = workspace.App;
        var body = new JsonObject
        {
            ["type"] = "message",
            ["user"] = app.BotUserId,
            ["bot_id"] = app.BotId,
            ["app_id"] = app.AppId,
            ["team"] = app.TeamId,
            ["text"] = "",
        };
        Copy(payload, body);
        return body;
    }

    private static void Copy(JsonObject payload, JsonObject body)
    {
        foreach (var name in (string[])["text", "blocks", "attachments"])
            if (payload[name] is { } given)
                body[name] = given.DeepClone();
    }
}
