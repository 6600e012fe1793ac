using System.Text.Json;

namespace Subot.Slack;

/// <summary>
/// Reads the <c>event</c> of a delivery. Messages and reactions, nearly all of a day's events, are read straight from
/// the bytes; the others by the JSON serializer.
/// </summary>
internal sealed class EventReader(StringPool pool)
{
    /// <summary>Reads the object at whose start the reader stands.</summary>
    public SlackEvent Read(ref Utf8JsonReader reader)
    {
        var type = reader.Peek("type"u8, pool) ?? "";
        switch (type)
        {
            case "message":
                return (SlackEvent?)ReadMessage(ref reader) ?? new UnknownEvent(type, null);
            case "reaction_added" or "reaction_removed":
                return (SlackEvent?)ReadReaction(ref reader, type) ?? new UnknownEvent(type, null);
            case "app_mention":
                var mention = SlackMessageReader.Read(ref reader, pool);
                return mention is { Channel: { } channel, Ts: not null }
                    ? new AppMention(channel, mention, mention.Ts)
                    : new UnknownEvent(type, mention.Ts);
            default:
                return ReadOther(ref reader, type);
        }
    }

    private static SlackEvent ReadOther(ref Utf8JsonReader reader, string type)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, SlackJson.Default.EventBody)!.ToEvent(type);
        }
        catch (JsonException)
        {
            // A field of another shape than documented. The serializer has put the reader back to the start;
            // where the text is no JSON at all, skipping it fails in its turn.
            reader.Skip();
            return new UnknownEvent(type, null);
        }
    }

    private MessageEvent? ReadMessage(ref Utf8JsonReader reader)
    {
        var message = new SlackMessage();
        SlackMessage? changed = null, previous = null;
        string? channelType = null, eventTs = null, deletedTs = null;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("event_ts"u8))
                eventTs = reader.Text(pool);
            else if (reader.ValueTextEquals("channel_type"u8))
                channelType = reader.Text(pool);
            else if (reader.ValueTextEquals("message"u8))
                changed = SlackMessageReader.ReadValue(ref reader, pool);
            else if (reader.ValueTextEquals("previous_message"u8))
                previous = SlackMessageReader.ReadValue(ref reader, pool);
            else if (reader.ValueTextEquals("deleted_ts"u8))
                deletedTs = reader.Text(pool);
            else if (!SlackMessageReader.TryReadField(ref reader, message, pool))
                reader.SkipValue();
        }
        return message switch
        {
            { Channel: null } => null,
            { Subtype: "message_changed" } => changed?.Ts is null
                ? null
                : new MessageChanged(message.Channel, channelType, message.Ts, changed, previous, eventTs),
            { Subtype: "message_deleted" } => (deletedTs ?? previous?.Ts) is not { } deleted
                ? null
                : new MessageDeleted(message.Channel, channelType, message.Ts, deleted, previous, eventTs),
            { Ts: null } => null,
            _ => new MessagePosted(message.Channel, channelType, message, eventTs),
        };
    }

    private ReactionEvent? ReadReaction(ref Utf8JsonReader reader, string type)
    {
        string? user = null, reaction = null, itemUser = null, itemType = null, channel = null, itemTs = null, eventTs = null;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("user"u8))
                user = reader.Text(pool);
            else if (reader.ValueTextEquals("reaction"u8))
                reaction = reader.Text(pool);
            else if (reader.ValueTextEquals("item_user"u8))
                itemUser = reader.Text(pool);
            else if (reader.ValueTextEquals("event_ts"u8))
                eventTs = reader.Text(pool);
            else if (reader.ValueTextEquals("item"u8))
                (itemType, channel, itemTs) = ReadItem(ref reader);
            else
                reader.SkipValue();
        }
        if (user is null || reaction is null)
            return null;
        return type == "reaction_added"
            ? new ReactionAdded(user, reaction, itemUser, itemType, channel, itemTs, eventTs)
            : new ReactionRemoved(user, reaction, itemUser, itemType, channel, itemTs, eventTs);
    }

    private (string? Type, string? Channel, string? Ts) ReadItem(ref Utf8JsonReader reader)
    {
        string? type = null, channel = null, ts = null;
        if (!reader.OpensObject())
            return default;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("type"u8))
                type = reader.Text(pool);
            else if (reader.ValueTextEquals("channel"u8))
                channel = reader.Text(pool);
            else if (reader.ValueTextEquals("ts"u8))
                ts = reader.Text(pool);
            else
                reader.SkipValue();
        }
        return (type, channel, ts);
    }
}
