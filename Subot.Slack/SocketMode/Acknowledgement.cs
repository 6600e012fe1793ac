using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Subot.Slack;

/// <summary>The frames that tell Slack that an envelope arrived.</summary>
internal static class Acknowledgement
{
    /// <summary>Slack drops an acknowledgement of this many bytes or more, without a word.</summary>
    public const int Limit = 20_480;

    public static void Write(Utf8JsonWriter writer, string envelopeId)
    {
        writer.WriteStartObject();
        writer.WriteString("envelope_id"u8, envelopeId);
        writer.WriteEndObject();
        writer.Flush();
    }

    public static ReadOnlyMemory<byte> Empty(string envelopeId) => Build(writer => Write(writer, envelopeId));

    public static ReadOnlyMemory<byte> WithMessage(string envelopeId, ResponseMessage message) =>
        WithPayload(envelopeId, writer => JsonSerializer.Serialize(writer, message, SlackJson.Default.ResponseMessage));

    public static ReadOnlyMemory<byte> WithErrors(string envelopeId, IReadOnlyDictionary<string, string> errors) =>
        WithPayload(envelopeId, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("response_action"u8, "errors"u8);
            writer.WriteStartObject("errors"u8);
            foreach (var (blockId, text) in errors)
                writer.WriteString(blockId, text);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });

    private static ReadOnlyMemory<byte> WithPayload(string envelopeId, Action<Utf8JsonWriter> writePayload) => Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("envelope_id"u8, envelopeId);
        writer.WritePropertyName("payload"u8);
        writePayload(writer);
        writer.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Build(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        // Only what JSON needs is escaped: the limit is in bytes.
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        return bytes.WrittenMemory;
    }
}
