using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>
/// Speaks with Elasticsearch 7, 8 and 9 and OpenSearch 2 and 3, using only what they share. Every failure is a
/// <see cref="StoreException"/>. Reads are repeated when the connection is lost; writes only if they can be told from a second one.
/// </summary>
internal sealed class ElasticsearchClient : IDisposable
{
    private readonly Transport _transport;
    private readonly BulkWriter _bulk;

    /// <exception cref="StoreException">The options cannot work.</exception>
    public ElasticsearchClient(ElasticsearchOptions options, TimeProvider time, ILogger? log = null)
    {
        options.Check();
        _transport = new Transport(options, time, log ?? NullLogger.Instance);
        _bulk = new BulkWriter(_transport, options.Timeout, time, log ?? NullLogger.Instance);
    }

    /// <summary>Finds out who answers, and refuses what is no search server or too old.</summary>
    /// <param name="oldest">
    /// The oldest version of Elasticsearch that will do for what is asked of it; null: the oldest that the store can use.
    /// </param>
    public Task<ServerInfo> ConnectAsync(CancellationToken ct, Version? oldest = null) => Greeting.AskAsync(_transport, oldest, ct);

    /// <summary>Sends a request; its answer, undefined if it has no body.</summary>
    /// <param name="path">Relative to the node: <c>_index_template/x</c>.</param>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken ct) =>
        (await TrySendAsync(method, path, body, ct)).Body;

    /// <summary>Sends a request; the listed statuses are answers, not errors.</summary>
    public async Task<(int Status, JsonElement Body)> TrySendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken ct, params int[] allowed)
    {
        var request = new ServerRequest(method, path, Bytes(body)) { IsRepeatable = Repeatable.Is(method, path), Allowed = allowed };
        var answer = await _transport.SendAsync(request, ct);
        return (answer.Status, answer.Json());
    }

    /// <summary>Documents by id, as they are now, in the order of the ids; null where there is none.</summary>
    public async Task<IReadOnlyList<Document<T>?>> MultiGetAsync<T>(
        string index, IReadOnlyList<string> ids, JsonTypeInfo<T> type, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        var body = new JsonObject { ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) };
        var answer = await ReadAsync(
            $"{index}/_mget", Bytes(body), ServerRequest.Json, a => InnerErrors.Of(a.As(Responses.Default.MultiGetResponse)), ct);
        var documents = answer.As(Responses.Default.MultiGetResponse).Docs;
        if (documents is null || documents.Count != ids.Count)
            throw ServerError.Stranger(answer.Node, answer.Status);
        return [.. documents.Select(d => d.Found ? new Document<T>(d.Id, Source(d.Source, type), new(d.SeqNo, d.PrimaryTerm)) : null)];
    }

    /// <summary>Writes many documents; what came of each, in the same order.</summary>
    /// <param name="refresh">Whether searches find them when this returns.</param>
    /// <exception cref="StoreException">It is not known which of them are stored: look again.</exception>
    public async Task<IReadOnlyList<BulkOutcome>> BulkAsync(IReadOnlyList<BulkItem> items, CancellationToken ct, bool refresh = false) =>
        items.Count == 0 ? [] : await _bulk.WriteAsync(items, refresh, ct);

    /// <summary>Searches. An answer that misses some shards is an error.</summary>
    public async Task<SearchPage<T>> SearchAsync<T>(string index, JsonObject body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var answer = await ReadAsync(
            $"{index}/_search?seq_no_primary_term=true&allow_partial_search_results=false", Bytes(body), ServerRequest.Json,
            a => InnerErrors.Of(a.As(Responses.Default.SearchResponse)), ct);
        var found = answer.As(Responses.Default.SearchResponse);
        if (found.Shards is null || found.Hits?.Hits is null)
            throw ServerError.Stranger(answer.Node, answer.Status);
        var hits = found.Hits.Hits;
        return new SearchPage<T>(
            [.. hits.Select(h => new Document<T>(h.Id, Source(h.Source, type), new(h.SeqNo, h.PrimaryTerm)))],
            hits is [.., { Sort: { } sort }] ? sort : [],
            found.Aggregations,
            Total(found.Hits.Total));
    }

    /// <summary>Several searches in one request; their answers as they came, none of them with an error or a missing shard.</summary>
    public async Task<IReadOnlyList<JsonElement>> MultiSearchAsync(string index, IReadOnlyList<JsonObject> bodies, CancellationToken ct)
    {
        if (bodies.Count == 0)
            return [];
        var lines = string.Concat(bodies.Select(b => "{\"allow_partial_search_results\":false,\"preference\":\"subot\"}\n" + b.ToJsonString() + "\n"));
        var answer = await ReadAsync(
            $"{index}/_msearch", Encoding.UTF8.GetBytes(lines), ServerRequest.Lines, a => InnerErrors.Of(a.As(Responses.Default.MultiSearchResponse)), ct);
        var responses = answer.As(Responses.Default.MultiSearchResponse).Responses;
        if (responses is null || responses.Count != bodies.Count)
            throw ServerError.Stranger(answer.Node, answer.Status);
        return responses;
    }

    /// <summary>Makes searches find everything that is written.</summary>
    public Task RefreshAsync(string index, CancellationToken ct) => ReadAsync($"{index}/_refresh", default, ServerRequest.Json, null, ct);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private Task<Answer> ReadAsync(
        string path, ReadOnlyMemory<byte> body, string contentType, Func<Answer, ServerError?>? inside, CancellationToken ct) =>
        _transport.SendAsync(new ServerRequest(HttpMethod.Post, path, body, contentType) { IsRepeatable = true, Inside = inside }, ct);

    private static T Source<T>(JsonElement source, JsonTypeInfo<T> type)
    {
        // Whoever asks for no more than ids gets no source.
        if (source is T asItIs)
            return asItIs;
        try
        {
            return source.Deserialize(type) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // Not as the inner exception: it may quote the document.
            throw new StoreException($"A document in Elasticsearch is not a {typeof(T).Name} (see SUBOT_INDEX_PREFIX): another version of Subot "
                + "or something else wrote it.", mayPass: false);
        }
    }

    // A number before Elasticsearch 7, an object since, nothing if it was not counted.
    private static long Total(JsonElement total) => total.ValueKind switch
    {
        JsonValueKind.Number => total.GetInt64(),
        JsonValueKind.Object => total.GetProperty("value").GetInt64(),
        _ => -1,
    };

    private static byte[] Bytes(JsonNode? body) =>
        body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, Responses.Default.JsonNode);
}
