using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>What a node answered to a request that it did not refuse.</summary>
internal sealed record Answer(int Status, byte[] Body, string Node, bool SaysElastic)
{
    /// <summary>The body; undefined if it is empty.</summary>
    public JsonElement Json() => Body.Length == 0 ? default : Read(() => JsonElement.Parse(Body));

    /// <summary>The body in a fixed form.</summary>
    public T As<T>(JsonTypeInfo<T> type)
        where T : class => Read(() => JsonSerializer.Deserialize(Body, type)) ?? throw ServerError.Stranger(Node, Status);

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
