using System.Text.Json;

namespace Subot.Storage.Elasticsearch.Legacy;

/// <summary>
/// Reads the first Subot's documents. Its admins could replace a document by anything, so what is of another type than it should be counts
/// as missing.
/// </summary>
internal static class LegacyReader
{
    public static LegacyMessage Message(string id, JsonElement from) =>
        new(id, Text(from, "ts"), Text(from, "type"), Text(from, "status"), Text(from, "user"), Text(from, "text"))
        {
            Tools = Texts(from, "tools"),
            Labels = Texts(from, "labels"),
            Reactions = [.. Items(from, "reactions").Select(Reaction)],
            Replies = [.. Items(from, "replies").Select(Reply)],
            Feedback = Text(from, "feedback_status"),
            FeedbackTs = Text(from, "feedback_ts"),
            ResponseMinutes = Number(from, "response_time"),
            ResolutionMinutes = Number(from, "resolution_time"),
            IsClassified = Items(from, "ai_tools").Count + Items(from, "ai_labels").Count > 0,
        };

    public static LegacyFireman Fireman(string id, JsonElement from) =>
        new(id, Text(from, "ts"), Text(Find(from, "user_info"), "id"), Text(from, "user"));

    public static LegacyMember Member(string id, JsonElement from) => new(id, Text(from, "slack_id"), Text(from, "name"));

    public static LegacyTag Tag(string id, JsonElement from) => new(
        id,
        Text(from, "name"),
        Find(Find(Find(from, "query"), "regexp"), "input") is { ValueKind: JsonValueKind.String } expression ? expression.GetString() : null);

    public static LegacyAnswer Answer(string id, JsonElement from) =>
        new(id, Text(from, "tool"), Text(from, "label"), Text(from, "answer"), Find(from, "feedback").ValueKind == JsonValueKind.True);

    private static LegacyReaction Reaction(JsonElement from) =>
        new(Text(from, "name"), Texts(from, "users"), Text(from, "message_ts"), Text(from, "ts"), (int)Math.Clamp(Number(from, "count"), 0, int.MaxValue));

    private static LegacyReply Reply(JsonElement from) =>
        new(Text(from, "ts"), Text(from, "user"), Text(from, "text"), Find(from, "from_bot").ValueKind == JsonValueKind.True);

    public static JsonElement Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string Text(JsonElement from, string name) =>
        Find(from, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static long Number(JsonElement from, string name) =>
        Find(from, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : 0;

    public static List<JsonElement> Items(JsonElement from, string name) =>
        Find(from, name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    private static IReadOnlyList<string> Texts(JsonElement from, string name) =>
        [.. Items(from, name).Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)];
}
