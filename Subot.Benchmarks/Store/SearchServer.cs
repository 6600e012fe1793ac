using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Subot.Storage.Elasticsearch;

namespace Subot.Benchmarks.Store;

/// <summary>A running Elasticsearch, spoken to by hand: what Subot's own client has to be compared with.</summary>
internal sealed class SearchServer(Uri url) : IDisposable
{
    private static readonly MediaTypeHeaderValue s_lines = new("application/x-ndjson");
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };

    public ElasticsearchOptions Options(string prefix) => new() { Nodes = [url], IndexPrefix = prefix };

    /// <summary>Opens a store, which makes its indices.</summary>
    public Task<ElasticsearchStore> OpenAsync(string prefix, CancellationToken ct) =>
        ElasticsearchStore.OpenAsync(Options(prefix), TimeProvider.System, null, ct);

    /// <summary>Sends lines of a bulk; fails if one of them was refused.</summary>
    public async Task BulkAsync(string lines, CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Post, "_bulk", lines, s_lines, ct);
        if (!answer.Contains("\"errors\":false", StringComparison.Ordinal))
            throw new InvalidOperationException("the server refused a document of the bare loop");
    }

    /// <summary>Sends a request with a JSON body, or none.</summary>
    public Task<string> SendAsync(HttpMethod method, string path, string? body, CancellationToken ct) =>
        SendAsync(method, path, body, s_json, ct);

    /// <summary>The documents of an index, each as it was written, by id.</summary>
    public async Task<Dictionary<string, string>> DocumentsAsync(string index, string[] order, CancellationToken ct)
    {
        await SendAsync(HttpMethod.Post, $"{index}/_refresh", null, ct);
        var documents = new Dictionary<string, string>();
        var (after, sort) = ("", string.Join(',', order.Select(f => $"\"{f}\"")));
        while (true)
        {
            using var page = JsonDocument.Parse(await SendAsync(HttpMethod.Post, $"{index}/_search", $"{{\"size\":2000,\"sort\":[{sort}]{after}}}", ct));
            var hits = page.RootElement.GetProperty("hits").GetProperty("hits").EnumerateArray().ToList();
            foreach (var hit in hits)
                documents[hit.GetProperty("_id").GetString()!] = hit.GetProperty("_source").GetRawText();
            if (hits.Count == 0)
                return documents;
            after = $",\"search_after\":{hits[^1].GetProperty("sort").GetRawText()}";
        }
    }

    /// <summary>Removes the indices of a store.</summary>
    public async Task RemoveAsync(string prefix, CancellationToken ct)
    {
        foreach (var kind in new[] { "threads", "messages", "records" })
        {
            // Of whatever version: a round that found the documents of the one before would measure them too.
            var indices = await _http.GetStringAsync(new Uri($"_cat/indices/{prefix}-{kind}-v*?h=index", UriKind.Relative), ct);
            foreach (var index in indices.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                await SendAsync(HttpMethod.Delete, index, null, ct);
            using var template = await _http.DeleteAsync(new Uri($"_index_template/{prefix}-{kind}", UriKind.Relative), ct);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(HttpMethod method, string path, string? body, MediaTypeHeaderValue type, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = type } };
        using var response = await _http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(ct);
    }
}
