using System.Text.Json.Nodes;
using Subot.Storage.Elasticsearch.Client;
using Subot.Storage.Elasticsearch.Legacy;
using Subot.Tests.Storage.Elasticsearch;

namespace Subot.Tests.Bot.Legacy;

/// <summary>A real Elasticsearch 6 with the recorded indices of the first Subot, which go with it.</summary>
internal sealed class LegacyServer : IAsyncDisposable
{
    private readonly SearchServer _server;
    private readonly ElasticsearchClient _client;
    private readonly JsonObject _mappings;

    private LegacyServer(SearchServer server)
    {
        _server = server;
        _client = new ElasticsearchClient(server.Options("any"), TimeProvider.System);
        _mappings = JsonNode.Parse(File.ReadAllText(TestData.Require("legacy", "indices", "mappings.json")))!.AsObject();
    }

    /// <summary>Fills a server.</summary>
    /// <param name="folders">Of the recording; what a later one has replaces what an earlier one has.</param>
    public static async Task<LegacyServer> WithAsync(CancellationToken ct, params string[] folders)
    {
        var server = new LegacyServer(await SearchServers.SharedAsync(ServerKind.Elasticsearch6));
        await server.ClearAsync();
        foreach (var (index, mapping) in server._mappings)
            await server.FillAsync(index, mapping!.AsObject(), folders, ct);
        return server;
    }

    /// <summary>Reads it as the command does, in smaller pages.</summary>
    public Task<LegacyData> ReadAsync(CancellationToken ct) =>
        LegacyIndices.ReadAsync(_server.Options("any"), TimeProvider.System, _ => { }, ct, perPage: 4);

    /// <summary>Where it is.</summary>
    public string Url => _server.Url.ToString();

    /// <summary>The variables that sign in to it.</summary>
    public IEnumerable<(string Name, string Value)> SignIn => _server.Username is null ? [] :
        [("ELASTICSEARCH_USERNAME", _server.Username), ("ELASTICSEARCH_PASSWORD", _server.Password!)];

    /// <summary>Takes an index away.</summary>
    public Task DeleteAsync(string index) => _client.TrySendAsync(HttpMethod.Delete, index, null, CancellationToken.None, 404);

    public async ValueTask DisposeAsync()
    {
        await ClearAsync();
        _client.Dispose();
    }

    private async Task FillAsync(string index, JsonObject mapping, string[] folders, CancellationToken ct)
    {
        // A minimal server has no percolator: what it is for is not asked here, only what it was given.
        if (mapping["mappings"]?["_doc"]?["properties"] is JsonObject properties && properties["query"]?["type"]?.GetValue<string>() == "percolator")
            properties["query"] = new JsonObject { ["type"] = "object", ["enabled"] = false };
        await _client.SendAsync(HttpMethod.Put, index, mapping, ct);
        var file = folders.Select(f => Path.Combine(TestData.Require("legacy", f), index + ".ndjson")).Last(File.Exists);
        foreach (var document in File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!))
            await _client.SendAsync(HttpMethod.Put, $"{index}/_doc/{document["_id"]}", document["_source"], ct);
        await _client.RefreshAsync(index, ct);
    }

    private async Task ClearAsync()
    {
        foreach (var (index, _) in _mappings)
            await DeleteAsync(index);
    }
}
