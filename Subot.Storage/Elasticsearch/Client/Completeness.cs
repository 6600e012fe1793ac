using System.Text.Json;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Refuses answers of searches that some shards are missing from: numbers made of them would be wrong without anybody noticing.</summary>
internal static class Completeness
{
    /// <summary>Checks one answer.</summary>
    public static void Check(bool timedOut, ShardsPart shards, string node)
    {
        if (timedOut)
            throw new StoreException($"A search took too long for Elasticsearch at {node} and was broken off.", mayPass: true);
        if (shards.Failed == 0)
            return;
        var reason = shards.Failures is [var first, ..] && first.TryGetProperty("reason", out var told) ? told : default;
        throw ServerError.Read(503, reason).Explain(node);
    }

    /// <summary>Checks one answer of several.</summary>
    public static void Check(JsonElement response, string node)
    {
        if (response.TryGetProperty("error", out var error))
            throw ServerError.Read(response.TryGetProperty("status", out var status) ? status.GetInt32() : 500, error).Explain(node);
        var timedOut = response.TryGetProperty("timed_out", out var late) && late.ValueKind == JsonValueKind.True;
        if (!response.TryGetProperty("_shards", out var shards))
            throw ServerError.Stranger(node, 200);
        Check(timedOut, shards.Deserialize(Responses.Default.ShardsPart)!, node);
    }

    /// <summary>How many documents match: a number before Elasticsearch 7, an object since; -1 if it was not counted.</summary>
    public static long Total(JsonElement total) => total.ValueKind switch
    {
        JsonValueKind.Number => total.GetInt64(),
        JsonValueKind.Object => total.GetProperty("value").GetInt64(),
        _ => -1,
    };
}
