using System.Text.Json;

namespace Subot.Slack;

/// <summary>
/// What an app attaches to a message it posts: readable by every app and member of the workspace, so no secrets;
/// best under 1 kB.
/// </summary>
/// <param name="EventType">Letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="EventPayload">An object of texts, numbers, arrays and objects; undefined where Slack hid it.</param>
public sealed record MessageMetadata(string EventType, JsonElement EventPayload)
{
    /// <summary>Metadata of plain texts.</summary>
    public static MessageMetadata Create(string eventType, IReadOnlyDictionary<string, string> payload) =>
        new(eventType, JsonSerializer.SerializeToElement(payload, SlackJson.Default.IReadOnlyDictionaryStringString));

    /// <summary>A text of the payload, or null where there is none.</summary>
    public string? Find(string name) =>
        EventPayload.ValueKind == JsonValueKind.Object
        && EventPayload.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
