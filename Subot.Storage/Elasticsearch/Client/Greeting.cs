using System.Text.Json;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Finds out who answers.</summary>
internal static class Greeting
{
    /// <summary>Product and version; refuses what is no search server, or too old.</summary>
    public static async Task<ServerInfo> AskAsync(Transport transport, int oldest, CancellationToken ct)
    {
        var root = await transport.SendAsync(Get("", 405), ct);
        var server = root.Status == 405 ? await AskNodeAsync(transport, root, ct) : Read(root);
        var (needed, version) = server.Product == SearchProduct.OpenSearch ? (2, server.Version) : (oldest, server.Version);
        if (version is not null && version.Major < needed)
            throw new StoreException($"{server} at {root.Node} is too old: Subot needs {server.Product} {needed} or newer.", mayPass: false);
        return server;
    }

    private static ServerInfo Read(Answer answer)
    {
        var body = answer.Json();
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("cluster_name", out _) || !version.TryGetProperty("number", out var number))
            throw ServerError.Stranger(answer.Node, answer.Status);
        var isOpenSearch = version.TryGetProperty("distribution", out var distribution) && distribution.ValueEquals("opensearch");
        return new(isOpenSearch ? SearchProduct.OpenSearch : SearchProduct.Elasticsearch, Parse(number));
    }

    // A minimal build of Elasticsearch has no answer at its root.
    private static async Task<ServerInfo> AskNodeAsync(Transport transport, Answer root, CancellationToken ct)
    {
        if (!root.SaysElastic)
            throw ServerError.Stranger(root.Node, root.Status);
        var answer = await transport.SendAsync(Get("_nodes/_local?filter_path=nodes.*.version", 403), ct);
        var body = answer.Json();
        var version = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("nodes", out var nodes) && nodes.ValueKind == JsonValueKind.Object
            ? nodes.EnumerateObject().Select(n => Parse(n.Value.GetProperty("version"))).FirstOrDefault()
            : null;
        return new(SearchProduct.Elasticsearch, version);
    }

    private static ServerRequest Get(string path, int allowed) => new(HttpMethod.Get, path, default) { IsRepeatable = true, Allowed = [allowed] };

    // 9.0.0-beta1, 2.17.1-SNAPSHOT
    private static Version? Parse(JsonElement number) =>
        number.ValueKind == JsonValueKind.String && Version.TryParse(number.GetString()!.Split('-')[0], out var version) ? version : null;
}
