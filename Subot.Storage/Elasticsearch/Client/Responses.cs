using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>The fixed parts of what the server answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MultiGetResponse))]
[JsonSerializable(typeof(BulkResponse))]
[JsonSerializable(typeof(SearchResponse))]
[JsonSerializable(typeof(MultiSearchResponse))]
[JsonSerializable(typeof(ShardsPart))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class Responses : JsonSerializerContext;

/// <summary>Answer of <c>_mget</c>.</summary>
internal sealed record MultiGetResponse(IReadOnlyList<MultiGetDocument> Docs);

/// <summary>A document of <c>_mget</c>, or why it could not be read.</summary>
internal sealed record MultiGetDocument(
    [property: JsonPropertyName("_id")] string Id,
    bool Found,
    [property: JsonPropertyName("_source")] JsonElement Source,
    [property: JsonPropertyName("_seq_no")] long SeqNo,
    [property: JsonPropertyName("_primary_term")] long PrimaryTerm,
    JsonElement Error);

/// <summary>Answer of <c>_bulk</c>.</summary>
internal sealed record BulkResponse(IReadOnlyList<BulkResponseItem> Items);

/// <summary>One write's answer, under the name of what it was.</summary>
internal sealed record BulkResponseItem(BulkResult? Create, BulkResult? Index, BulkResult? Delete);

/// <summary>What came of one write.</summary>
internal sealed record BulkResult(
    int Status,
    string? Result,
    [property: JsonPropertyName("_seq_no")] long SeqNo,
    [property: JsonPropertyName("_primary_term")] long PrimaryTerm,
    JsonElement Error);

/// <summary>Answer of <c>_search</c>.</summary>
internal sealed record SearchResponse(
    bool TimedOut,
    [property: JsonPropertyName("_shards")] ShardsPart Shards,
    HitsPart Hits,
    JsonElement Aggregations);

/// <summary>How many shards took part.</summary>
internal sealed record ShardsPart(int Failed, IReadOnlyList<JsonElement>? Failures);

/// <summary>What was found.</summary>
/// <param name="Total">A number before Elasticsearch 7, then an object; missing if it was not counted.</param>
internal sealed record HitsPart(JsonElement Total, IReadOnlyList<Hit> Hits);

/// <summary>A document that was found.</summary>
internal sealed record Hit(
    [property: JsonPropertyName("_id")] string Id,
    [property: JsonPropertyName("_source")] JsonElement Source,
    [property: JsonPropertyName("_seq_no")] long SeqNo,
    [property: JsonPropertyName("_primary_term")] long PrimaryTerm,
    IReadOnlyList<JsonElement>? Sort);

/// <summary>Answer of <c>_msearch</c>.</summary>
internal sealed record MultiSearchResponse(IReadOnlyList<JsonElement> Responses);
