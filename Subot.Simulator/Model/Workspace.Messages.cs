using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

public sealed partial class Workspace
{
    private static readonly string[] NotOfALiveMessage =
    [
        "replies", "reply_count", "reply_users", "reply_users_count", "latest_reply", "subscribed", "last_read", "is_locked", "reactions",
    ];

    /// <summary>
    /// A person writes a message, now unless a ts is given. A reply to a parent that is gone lands in the channel, as in Slack.
    /// </summary>
    /// <exception cref="InvalidOperationException">The channel already has a message with that ts.</exception>
    public Message Post(string user, string channel, string text, string? threadTs = null, string? ts = null, bool broadcast = false)
    {
        lock (Gate)
        {
            var place = ChannelOrNew(channel);
            var body = new JsonObject
            {
                ["type"] = "message",
                ["user"] = user,
                ["text"] = text,
                ["team"] = App.TeamId,
                ["client_msg_id"] = Guid.NewGuid().ToString(),
            };
            return PostBody(place, body, threadTs, ts, broadcast);
        }
    }

    /// <summary>
    /// A message as an export has it is written: its ts, subtype, bot, files and thread are kept; replies, counters and
    /// reactions are left to come. A message whose ts the channel already has is not written again (returns null).
    /// </summary>
    public Message? Play(JsonObject message, string channel)
    {
        lock (Gate)
        {
            var place = ChannelOrNew(channel);
            var body = AsWritten(message);
            return Record(place, body) is not { } written ? null : Announce(place, written);
        }
    }

    /// <summary>Changes a message's text (and blocks, when given). Nothing happens when it is gone or a tombstone.</summary>
    public bool Edit(string user, string channel, string ts, string text, string? at = null) =>
        Change(user, channel, ts, body =>
        {
            body["text"] = text;
            body.Remove("blocks");
        }, at);

    /// <summary>
    /// Deletes a message: one with replies becomes a tombstone, and a tombstone goes with its last reply.
    /// False when there is no such message.
    /// </summary>
    public bool Delete(string channel, string ts, string? at = null)
    {
        lock (Gate)
        {
            if (FindChannel(channel) is not { } place || place.Find(ts) is not { IsTombstone: false } message)
                return false;
            if (place.HasReplies(message))
                Bury(place, message, at);
            else
                Remove(place, message, at);
            return true;
        }
    }

    /// <summary>Writes a body as a message now or at a given ts, and tells of it.</summary>
    internal Message PostBody(Channel channel, JsonObject body, string? threadTs, string? ts, bool broadcast = false)
    {
        body["ts"] = Now(channel, ts);
        if (threadTs is not null && (channel.Find(threadTs) is not null || channel.RepliesTo(threadTs) is { Log.Count: > 0 }))
        {
            body["thread_ts"] = threadTs;
            if (broadcast)
                body["subtype"] = "thread_broadcast";
        }
        return Announce(channel, Record(channel, body) ?? throw new InvalidOperationException($"{channel.Id} already has a message {ts}."));
    }

    /// <summary>Puts a message into a channel's history and tells no one but the page; null when its ts is taken.</summary>
    internal Message? Record(Channel channel, JsonObject body)
    {
        if (body.Text("ts") is not { } ts || channel.Find(ts) is not null)
            return null;
        body["type"] ??= "message";
        if (body.Text("user") is { } user && FindPerson(user) is null)
            Meet(user, body["user_profile"] as JsonObject);
        var reply = body.Text("thread_ts") is { } threadTs && threadTs != ts ? threadTs : null;
        if (reply is not null && channel.Find(reply)?.Author is { } parentAuthor)
            body["parent_user_id"] ??= parentAuthor;
        var message = new Message(body);
        channel.Add(message);
        TellShown(channel, message);
        return message;
    }

    /// <summary>Rewrites a message's body with a change that Slack reports as message_changed.</summary>
    internal bool Change(string? editor, string channel, string ts, Action<JsonObject> change, string? at = null)
    {
        lock (Gate)
        {
            if (FindChannel(channel) is not { } place || place.Find(ts) is not { IsTombstone: false } message)
                return false;
            var before = place.Show(message);
            var moment = Now(place, at);
            var body = message.Body();
            change(body);
            if (editor is not null)
                body["edited"] = new JsonObject { ["user"] = editor, ["ts"] = Ts.CutToSecond(moment) };
            message.Replace(body);
            TellChanged(place, message, before, moment);
            return true;
        }
    }

    /// <summary>Puts a message of an export into a channel as it is there, reactions included, and tells no one.</summary>
    internal void Restore(Channel channel, JsonObject message)
    {
        if (Record(channel, AsWritten(message)) is not { } restored)
            return;
        foreach (var reaction in (message["reactions"] as JsonArray ?? []).OfType<JsonObject>())
            if (reaction.Text("name") is { } name && reaction["users"] is JsonArray users)
                restored.Reactions.Add(new Reaction(name, [.. users.Select(user => user?.GetValue<string>()).OfType<string>()]));
    }

    /// <summary>Replaces what a message says by what an event from outside says; one that is not known is written.</summary>
    internal bool Overwrite(Channel channel, JsonObject message)
    {
        var body = AsWritten(message);
        if (channel.Find(body.Text("ts")) is not { } known)
            return Record(channel, body) is not null;
        known.Replace(body);
        TellShown(channel, known);
        return true;
    }

    /// <summary>Removes a message without a trace; false when it is not known.</summary>
    internal bool Forget(Channel channel, string? ts)
    {
        if (channel.Find(ts) is not { } message)
            return false;
        channel.Remove(message);
        TellShown(channel, message);
        return true;
    }

    private Message Announce(Channel channel, Message message)
    {
        if (message.IsTombstone)
        {
            var unseen = new JsonObject { ["type"] = "message", ["text"] = "", ["ts"] = message.Ts };
            TellChanged(channel, message, unseen, message.Ts);
            return message;
        }
        var @event = message.Body();
        @event["channel"] = channel.Id;
        @event["event_ts"] = message.Ts;
        @event["channel_type"] = channel.TypeName;
        if (message.Subtype is null && @event["files"] is JsonArray { Count: > 0 })
            @event["subtype"] = "file_share";
        if (message.Subtype == "thread_broadcast" && channel.Find(message.ThreadTs) is { } root)
            @event["root"] = channel.Show(root);
        TellApp(channel, @event);
        Written?.Invoke(channel, message);
        if (message.Text.Contains($"<@{App.BotUserId}", StringComparison.Ordinal) && message.Author != App.BotUserId)
            TellApp(channel, Mention(channel, message));
        return message;
    }

    /// <summary>A message without what its thread and its readers added later.</summary>
    private static JsonObject AsWritten(JsonObject message)
    {
        var body = (JsonObject)message.DeepClone();
        foreach (var name in NotOfALiveMessage)
            body.Remove(name);
        if (body.Text("thread_ts") == body.Text("ts"))
            body.Remove("thread_ts");
        return body;
    }

    private static JsonObject Mention(Channel channel, Message message)
    {
        var mention = message.Body();
        mention["type"] = "app_mention";
        mention["channel"] = channel.Id;
        mention["event_ts"] = message.Ts;
        return mention;
    }

    private void Bury(Channel channel, Message message, string? at)
    {
        var before = channel.Show(message);
        message.Reactions.Clear();
        message.Replace(new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "tombstone",
            ["user"] = "USLACKBOT",
            ["text"] = "This message was deleted.",
            ["hidden"] = true,
            ["ts"] = message.Ts,
        });
        TellChanged(channel, message, before, Now(channel, at));
    }

    private void Remove(Channel channel, Message message, string? at)
    {
        var before = channel.Show(message);
        channel.Remove(message);
        TellShown(channel, message);
        var moment = Now(channel, at);
        TellApp(channel, new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "message_deleted",
            ["hidden"] = true,
            ["channel"] = channel.Id,
            ["channel_type"] = channel.TypeName,
            ["ts"] = moment,
            ["deleted_ts"] = message.Ts,
            ["previous_message"] = before,
            ["event_ts"] = moment,
        });
        if (channel.Find(message.ThreadTs) is { IsTombstone: true } grave && !channel.HasReplies(grave))
            Remove(channel, grave, null);
    }

    private void TellChanged(Channel channel, Message message, JsonObject before, string moment)
    {
        TellShown(channel, message);
        TellApp(channel, new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "message_changed",
            ["hidden"] = true,
            ["channel"] = channel.Id,
            ["channel_type"] = channel.TypeName,
            ["ts"] = moment,
            ["message"] = channel.Show(message),
            ["previous_message"] = before,
            ["event_ts"] = moment,
        });
    }
}
