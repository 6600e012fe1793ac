using System.Text.Json;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>
/// Errors inside answers with a good status. A search that some shards are missing from is one: numbers made of it would be wrong without
/// anybody noticing.
/// </summary>
internal static class InnerErrors
{
    /// <summary>The first error of an <c>_mget</c>. A missing index is one: its documents were there, and are not just unknown.</summary>
    public static ServerError? Of(MultiGetResponse response) => response.Docs?
        .Where(d => d.Error.ValueKind != JsonValueKind.Undefined)
        .Select(d => ServerError.Inside(d.Error))
        .FirstOrDefault();

    /// <summary>The error of a search.</summary>
    public static ServerError? Of(SearchResponse response) => Of(response.TimedOut, response.Shards);

    /// <summary>The first error of several searches.</summary>
    public static ServerError? Of(MultiSearchResponse response) => response.Responses?.Select(Of).FirstOrDefault(e => e is not null);

    private static ServerError? Of(JsonElement response)
    {
        if (response.TryGetProperty("error", out var error))
            return response.TryGetProperty("status", out var status) ? ServerError.Read(status.GetInt32(), error) : ServerError.Inside(error);
        var timedOut = response.TryGetProperty("timed_out", out var late) && late.ValueKind == JsonValueKind.True;
        return Of(timedOut, response.TryGetProperty("_shards", out var shards) ? shards.Deserialize(Responses.Default.ShardsPart) : null);
    }

    private static ServerError? Of(bool timedOut, ShardsPart? shards)
    {
        if (timedOut)
            return ServerError.SearchBrokenOff;
        if (shards is null or { Failed: 0 })
            return null;
        return ServerError.Inside(shards.Failures is [var first, ..] && first.TryGetProperty("reason", out var reason) ? reason : default);
    }
}
