using System.Text.Json;
using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>Lets the Web API's answers read messages by the same code as the socket's events.</summary>
internal sealed class SlackMessageConverter : JsonConverter<SlackMessage>
{
    [ThreadStatic]
    private static StringPool? t_pool;

    public override SlackMessage? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return SlackMessageReader.Read(ref reader, t_pool ??= new StringPool());
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, SlackMessage value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Messages are read; PostMessage is what is written.");
}
