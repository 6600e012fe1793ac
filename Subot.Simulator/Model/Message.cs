using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

/// <summary>
/// A message of a channel. Its body is kept as Slack would show it, in bytes (a workspace holds many of them);
/// reactions and the counters of its thread are added when it is shown.
/// </summary>
public sealed class Message
{
    private byte[] body;

    internal Message(JsonObject json)
    {
        Ts = json.Text("ts")!;
        ThreadTs = json.Text("thread_ts") is { } parent && parent != Ts ? parent : null;
        body = [];
        Replace(json);
    }

    /// <summary>The id of the message within its channel.</summary>
    public string Ts { get; }

    /// <summary>The ts of the message this one replies to; null for a root.</summary>
    public string? ThreadTs { get; }

    /// <summary>Who wrote it: a user id, or the bot id of a message without user.</summary>
    public string? Author { get; private set; }

    public string? Subtype { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>True for what is left of a deleted message that has replies.</summary>
    public bool IsTombstone => Subtype == "tombstone";

    /// <summary>True when the channel itself shows it, not only its thread.</summary>
    public bool IsInChannel => ThreadTs is null || Subtype == "thread_broadcast";

    internal List<Reaction> Reactions { get; } = [];

    /// <summary>The message without reactions and counters.</summary>
    internal JsonObject Body() => Json.TryObject(body)!;

    internal void Replace(JsonObject json)
    {
        Author = json.Text("user") ?? json.Text("bot_id");
        Subtype = json.Text("subtype");
        Text = json.Text("text") ?? "";
        body = Json.Bytes(json);
    }

    /// <summary>The message as history shows it.</summary>
    internal JsonObject Show(Replies? replies, bool allMetadata = true)
    {
        var json = Body();
        if (!allMetadata && json["metadata"] is JsonObject metadata)
            json["metadata"] = new JsonObject { ["event_type"] = metadata.Text("event_type") };
        if (replies is { Log.Count: > 0 })
        {
            json["thread_ts"] = Ts;
            replies.ShowOn(json);
        }
        if (Reactions.Count > 0)
            json["reactions"] = new JsonArray([.. Reactions.Select(reaction => reaction.Show())]);
        return json;
    }
}

/// <summary>One emoji on a message and who gave it, in order.</summary>
internal sealed record Reaction(string Name, List<string> Users)
{
    public JsonNode Show() => new JsonObject { ["name"] = Name, ["users"] = Json.Array(Users), ["count"] = Users.Count };
}
