using System.Text.Json;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Which write of a document this is: a later write can demand that none came in between.</summary>
internal readonly record struct DocumentVersion(long SeqNo, long PrimaryTerm);

/// <summary>A document as it was read.</summary>
internal sealed record Document<T>(string Id, T Source, DocumentVersion Version);

/// <summary>One page of a search.</summary>
/// <param name="Sort">The sort values of the last hit, for <c>search_after</c>; empty without hits or without a sort.</param>
/// <param name="Aggregations">The aggregations; undefined if none were asked for.</param>
/// <param name="Total">
/// How many documents match. Elasticsearch stops counting at 10,000 unless the body has <c>"track_total_hits": true</c>; -1 if it did not
/// count.
/// </param>
internal sealed record SearchPage<T>(IReadOnlyList<Document<T>> Hits, IReadOnlyList<JsonElement> Sort, JsonElement Aggregations, long Total);
