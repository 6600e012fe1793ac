using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Subot.Slack;

/// <summary>
/// Reads what comes on one socket. An event gives an <see cref="EventDelivery"/>, all else a <see cref="Frame"/>.
/// For one thread.
/// </summary>
internal sealed class FrameReader
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 128 };
    private readonly StringPool _pool = new();
    private readonly EventReader _events;

    public FrameReader() => _events = new EventReader(_pool);

    /// <returns>An <see cref="EventDelivery"/> or a <see cref="Frame"/>.</returns>
    public object Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, s_options);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                ? ReadEnvelope(ref reader)
                : new MalformedFrame("not an object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not valid UTF-8 or UTF-16.
            return new MalformedFrame("not JSON");
        }
    }

    private object ReadEnvelope(ref Utf8JsonReader reader)
    {
        // Slack may put the payload before the type that tells how to read it: the place is kept for later.
        Utf8JsonReader payload = default;
        var hasPayload = false;
        var acceptsPayload = false;
        string? type = null, envelopeId = null, reason = null;
        long? retryAttempt = null, connections = null;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("type"u8))
                type = reader.Text(_pool);
            else if (reader.ValueTextEquals("envelope_id"u8))
                envelopeId = reader.Text();
            else if (reader.ValueTextEquals("retry_attempt"u8))
                retryAttempt = reader.Number();
            else if (reader.ValueTextEquals("accepts_response_payload"u8))
                acceptsPayload = reader.Flag();
            else if (reader.ValueTextEquals("num_connections"u8))
                connections = reader.Number();
            else if (reader.ValueTextEquals("reason"u8))
                reason = reader.Text(_pool);
            else if (reader.ValueTextEquals("payload"u8))
            {
                reader.Read();
                payload = reader;
                hasPayload = reader.TokenType == JsonTokenType.StartObject;
                reader.Skip();
            }
            else
                reader.SkipValue();
        }
        return (type, envelopeId, hasPayload) switch
        {
            ("hello", _, _) => new HelloFrame((int)(connections ?? 1)),
            ("disconnect", _, _) => new DisconnectFrame(reason ?? "unknown"),
            (null, _, _) => new MalformedFrame("no type"),
            (_, null, _) => new MalformedFrame("no envelope_id"),
            ("events_api", not null, true) => ReadEvent(ref payload, envelopeId, (int)(retryAttempt ?? 0)),
            ("slash_commands", not null, true) => ReadPayload(ref payload, SlackJson.Default.SlashCommandPayload) is { } command
                ? new SlashCommandFrame(envelopeId, command, acceptsPayload)
                : new MalformedFrame("slash command"),
            ("interactive", not null, true) => ReadPayload(ref payload, SlackJson.Default.InteractionPayload) is { } interaction
                ? new InteractionFrame(envelopeId, interaction)
                : new MalformedFrame("interaction"),
            _ => new UnknownFrame(envelopeId, type),
        };
    }

    private EventDelivery ReadEvent(ref Utf8JsonReader reader, string envelopeId, int retryAttempt)
    {
        string? type = null, eventId = null, teamId = null;
        long? eventTime = null, minuteRateLimited = null;
        SlackEvent? occurred = null;
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("event"u8))
                occurred = reader.OpensObject() ? _events.Read(ref reader) : null;
            else if (reader.ValueTextEquals("event_id"u8))
                eventId = reader.Text();
            else if (reader.ValueTextEquals("team_id"u8))
                teamId = reader.Text(_pool);
            else if (reader.ValueTextEquals("event_time"u8))
                eventTime = reader.Number();
            else if (reader.ValueTextEquals("type"u8))
                type = reader.Text(_pool);
            else if (reader.ValueTextEquals("minute_rate_limited"u8))
                minuteRateLimited = reader.Number();
            else
                reader.SkipValue();
        }
        return new EventDelivery
        {
            EnvelopeId = envelopeId,
            EventId = eventId ?? "",
            TeamId = teamId ?? "",
            EventTime = eventTime ?? 0,
            RetryAttempt = retryAttempt,
            // app_rate_limited comes without an inner event.
            Event = occurred ?? (type == "app_rate_limited" ? new AppRateLimited(minuteRateLimited ?? 0) : new UnknownEvent(type ?? "", null)),
        };
    }

    private static T? ReadPayload<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
