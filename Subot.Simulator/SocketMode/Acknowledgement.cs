using System.Text.Json;
using System.Text.Json.Nodes;

namespace Subot.Simulator.SocketMode;

/// <summary>The one message an app sends on its socket.</summary>
internal readonly record struct Acknowledgement(string EnvelopeId, JsonObject? Payload)
{
    /// <summary>Null when the frame is none.</summary>
    public static Acknowledgement? Read(ReadOnlySpan<byte> frame)
    {
        string? id = null;
        JsonObject? payload = null;
        try
        {
            var reader = new Utf8JsonReader(frame);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("envelope_id"u8);
                var isPayload = reader.ValueTextEquals("payload"u8);
                reader.Read();
                if (isId && reader.TokenType == JsonTokenType.String)
                    id = reader.GetString();
                else if (isPayload)
                    payload = AsMessage(JsonNode.Parse(ref reader));
                else
                    reader.Skip();
            }
        }
        catch (JsonException)
        {
            return null;
        }
        return id is null ? null : new Acknowledgement(id, payload);
    }

    /// <summary>A bare string stands for a message with that text.</summary>
    private static JsonObject? AsMessage(JsonNode? payload) => payload switch
    {
        JsonObject json => json,
        JsonValue value when value.TryGetValue(out string? text) => new JsonObject { ["text"] = text },
        _ => null,
    };
}
