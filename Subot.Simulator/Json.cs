using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Subot.Simulator;

/// <summary>Reading and writing JSON the one way the simulator does it: as nodes, without reflection.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
            node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The object in <paramref name="utf8"/>, or null when it is something else or no JSON.</summary>
    public static JsonObject? TryObject(ReadOnlySpan<byte> utf8) => TryNode(utf8) as JsonObject;

    /// <summary>The JSON in <paramref name="utf8"/>, or null when there is none.</summary>
    public static JsonNode? TryNode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The string at <paramref name="name"/>, or null when it is absent or no string.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>True when <paramref name="name"/> is the JSON true.</summary>
    public static bool Flag(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    /// <summary>An array of strings.</summary>
    public static JsonArray Array(IEnumerable<string> texts)
    {
        var array = new JsonArray();
        foreach (var text in texts)
            array.Add((JsonNode)text);
        return array;
    }
}
