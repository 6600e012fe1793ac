using System.Text.Json;

namespace Subot.Slack;

/// <summary>Reads a message straight from UTF-8; what is not needed, like blocks, is skipped without being built.</summary>
internal static class SlackMessageReader
{
    /// <summary>Reads the object at whose start the reader stands.</summary>
    public static SlackMessage Read(ref Utf8JsonReader reader, StringPool pool)
    {
        var message = new SlackMessage();
        while (reader.NextField())
        {
            if (!TryReadField(ref reader, message, pool))
                reader.SkipValue();
        }
        return message;
    }

    /// <summary>Reads the value of a property, when it is another message.</summary>
    public static SlackMessage? ReadValue(ref Utf8JsonReader reader, StringPool pool) =>
        reader.OpensObject() ? Read(ref reader, pool) : null;

    /// <summary>Reads the property at which the reader stands into the message; false when it is none of a message's.</summary>
    public static bool TryReadField(ref Utf8JsonReader reader, SlackMessage message, StringPool pool) =>
        TryReadCommonField(ref reader, message, pool) || TryReadRareField(ref reader, message, pool);

    private static bool TryReadCommonField(ref Utf8JsonReader reader, SlackMessage message, StringPool pool)
    {
        if (reader.ValueTextEquals("type"u8))
            message.Type = reader.Text(pool);
        else if (reader.ValueTextEquals("user"u8))
            message.User = reader.Text(pool);
        else if (reader.ValueTextEquals("text"u8))
            message.Text = reader.Text();
        else if (reader.ValueTextEquals("ts"u8))
            message.Ts = reader.Text(pool);
        else if (reader.ValueTextEquals("channel"u8))
            message.Channel = reader.Text(pool);
        else if (reader.ValueTextEquals("team"u8))
            message.Team = reader.Text(pool);
        else if (reader.ValueTextEquals("thread_ts"u8))
            message.ThreadTs = reader.Text(pool);
        else if (reader.ValueTextEquals("parent_user_id"u8))
            message.ParentUserId = reader.Text(pool);
        else if (reader.ValueTextEquals("subtype"u8))
            message.Subtype = reader.Text(pool);
        else if (reader.ValueTextEquals("bot_id"u8))
            message.BotId = reader.Text(pool);
        else if (reader.ValueTextEquals("app_id"u8))
            message.AppId = reader.Text(pool);
        else
            return false;
        return true;
    }

    private static bool TryReadRareField(ref Utf8JsonReader reader, SlackMessage message, StringPool pool)
    {
        if (reader.ValueTextEquals("username"u8))
            message.Username = reader.Text(pool);
        else if (reader.ValueTextEquals("reply_count"u8))
            message.ReplyCount = (int?)reader.Number();
        else if (reader.ValueTextEquals("latest_reply"u8))
            message.LatestReply = reader.Text(pool);
        else if (reader.ValueTextEquals("hidden"u8))
            message.Hidden = reader.Flag();
        else if (reader.ValueTextEquals("topic"u8))
            message.Topic = reader.Text();
        else if (reader.ValueTextEquals("purpose"u8))
            message.Purpose = reader.Text();
        else if (reader.ValueTextEquals("name"u8))
            message.Name = reader.Text();
        else if (reader.ValueTextEquals("inviter"u8))
            message.Inviter = reader.Text(pool);
        else if (reader.ValueTextEquals("edited"u8))
            message.Edited = ReadEdit(ref reader, pool);
        else if (reader.ValueTextEquals("reactions"u8))
            message.Reactions = ReadReactions(ref reader, pool);
        else if (reader.ValueTextEquals("files"u8))
            message.FileIds = ReadFileIds(ref reader);
        else if (reader.ValueTextEquals("metadata"u8))
            message.Metadata = ReadMetadata(ref reader);
        else if (reader.ValueTextEquals("bot_profile"u8))
            message.BotProfile = ReadBotProfile(ref reader, pool);
        else if (reader.ValueTextEquals("root"u8))
            message.Root = ReadValue(ref reader, pool);
        else
            return false;
        return true;
    }

    private static MessageEdit? ReadEdit(ref Utf8JsonReader reader, StringPool pool)
    {
        if (!reader.OpensObject())
            return null;
        string? user = null, ts = null;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("user"u8))
                user = reader.Text(pool);
            else if (reader.ValueTextEquals("ts"u8))
                ts = reader.Text(pool);
            else
                reader.SkipValue();
        }
        return new MessageEdit(user, ts);
    }

    private static List<MessageReaction> ReadReactions(ref Utf8JsonReader reader, StringPool pool)
    {
        if (!reader.OpensArray())
            return [];
        var reactions = new List<MessageReaction>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                reader.Skip();
            else if (ReadReaction(ref reader, pool) is { } reaction)
                reactions.Add(reaction);
        }
        return reactions;
    }

    private static MessageReaction? ReadReaction(ref Utf8JsonReader reader, StringPool pool)
    {
        string? name = null;
        IReadOnlyList<string> users = [];
        long? count = null;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("name"u8))
                name = reader.Text(pool);
            else if (reader.ValueTextEquals("users"u8))
                users = reader.Texts(pool);
            else if (reader.ValueTextEquals("count"u8))
                count = reader.Number();
            else
                reader.SkipValue();
        }
        return name is null ? null : new MessageReaction(name, users, (int)(count ?? users.Count));
    }

    private static List<string> ReadFileIds(ref Utf8JsonReader reader)
    {
        if (!reader.OpensArray())
            return [];
        var ids = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            while (reader.NextField())
            {
                if (!reader.ValueTextEquals("id"u8))
                    reader.SkipValue();
                else if (reader.Text() is { } id)
                    ids.Add(id);
            }
        }
        return ids;
    }

    private static MessageMetadata? ReadMetadata(ref Utf8JsonReader reader)
    {
        if (!reader.OpensObject())
            return null;
        string? type = null;
        JsonElement payload = default;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("event_type"u8))
                type = reader.Text();
            else if (reader.ValueTextEquals("event_payload"u8))
                payload = JsonElement.ParseValue(ref reader);
            else
                reader.SkipValue();
        }
        return type is null ? null : new MessageMetadata(type, payload);
    }

    private static BotProfile? ReadBotProfile(ref Utf8JsonReader reader, StringPool pool)
    {
        if (!reader.OpensObject())
            return null;
        string? id = null, appId = null, name = null;
        var isWorkflowBot = false;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("id"u8))
                id = reader.Text(pool);
            else if (reader.ValueTextEquals("app_id"u8))
                appId = reader.Text(pool);
            else if (reader.ValueTextEquals("name"u8))
                name = reader.Text(pool);
            else if (reader.ValueTextEquals("is_workflow_bot"u8))
                isWorkflowBot = reader.Flag();
            else
                reader.SkipValue();
        }
        return new BotProfile(id, appId, name, isWorkflowBot);
    }
}
