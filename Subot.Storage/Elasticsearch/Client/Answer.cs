using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>What a node answered to a request that it did not refuse.</summary>
internal sealed class Answer(int status, byte[] body, string node, bool saysElastic)
{
    private object? _read;

    /// <summary>Its status.</summary>
    public int Status => status;

    /// <summary>Who answered.</summary>
    public string Node => node;

    /// <summary>Whether it claims to be Elasticsearch.</summary>
    public bool SaysElastic => saysElastic;

    /// <summary>The body; undefined if it is empty.</summary>
    public JsonElement Json() => body.Length == 0 ? default : Read(() => JsonElement.Parse(body));

    /// <summary>The body in a fixed form; read once.</summary>
    public T As<T>(JsonTypeInfo<T> type)
        where T : class => (T)(_read ??= Read(() => JsonSerializer.Deserialize(body, type)) ?? throw ServerError.Stranger(Node, Status));

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            throw ServerError.Stranger(Node, Status, e);
        }
    }
}

/// <summary>What came of one attempt: an answer, or why there is none.</summary>
/// <param name="Again">Whether another attempt is right.</param>
/// <param name="IsUnsent">The node was not reached at all; another one may be.</param>
internal readonly record struct Attempt(Answer? Answer, StoreException? Failure = null, bool Again = false, bool IsUnsent = false);
