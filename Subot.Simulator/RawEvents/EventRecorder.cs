using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.RawEvents;

/// <summary>Writes into the workspace what an event from outside tells, so that history shows it. Tells no one but the page.</summary>
internal sealed class EventRecorder(Workspace workspace)
{
    /// <summary>What was recorded, in a few words; null when the event changes nothing here.</summary>
    public string? Record(JsonObject @event)
    {
        lock (workspace.Gate)
            return @event.Text("type") switch
            {
                "message" => RecordMessage(@event),
                "reaction_added" => RecordReaction(@event, present: true),
                "reaction_removed" => RecordReaction(@event, present: false),
                "member_joined_channel" => RecordMember(@event, isIn: true),
                "member_left_channel" => RecordMember(@event, isIn: false),
                _ => null,
            };
    }

    private string? RecordMessage(JsonObject @event)
    {
        if (@event.Text("channel") is not { } id)
            return null;
        var channel = workspace.ChannelOrNew(id);
        switch (@event.Text("subtype"))
        {
            case "message_changed":
                return @event["message"] is JsonObject message && workspace.Overwrite(channel, message) ? "message changed" : null;
            case "message_deleted":
                return workspace.Forget(channel, @event.Text("deleted_ts")) ? "message deleted" : null;
            case "channel_join" or "group_join":
                RecordMember(@event, isIn: true);
                break;
            case "channel_leave" or "group_leave":
                RecordMember(@event, isIn: false);
                break;
            case "channel_topic":
                channel.Topic = @event.Text("topic") ?? "";
                break;
            case "channel_purpose":
                channel.Purpose = @event.Text("purpose") ?? "";
                break;
        }
        var body = (JsonObject)@event.DeepClone();
        foreach (var name in (string[])["channel", "channel_type", "event_ts"])
            body.Remove(name);
        if (body.Text("subtype") == "file_share")
            body.Remove("subtype");
        return workspace.Record(channel, body) is null ? null : "message written";
    }

    private string? RecordReaction(JsonObject @event, bool present)
    {
        var item = @event["item"] as JsonObject;
        if (item?.Text("channel") is not { } channel || item.Text("ts") is not { } ts)
            return null;
        if (@event.Text("user") is not { } user || @event.Text("reaction") is not { } emoji)
            return null;
        return workspace.SetReaction(user, channel, ts, emoji, present) ? "reaction " + (present ? "added" : "removed") : null;
    }

    private string? RecordMember(JsonObject @event, bool isIn)
    {
        if (@event.Text("channel") is not { } channel || @event.Text("user") is not { } user)
            return null;
        return workspace.SetMember(workspace.ChannelOrNew(channel), user, isIn) ? "member " + (isIn ? "joined" : "left") : null;
    }
}
