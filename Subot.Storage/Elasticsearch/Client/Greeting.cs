using System.Text.Json;

namespace Subot.Storage.Elasticsearch.Client;

/// <summary>Finds out who answers.</summary>
internal static class Greeting
{
    // Composable templates are from 7.8, bulks that require an alias from 7.10.
    private static readonly Version s_oldest = new(7, 10);
    private static readonly Version s_oldestOpenSearch = new(2, 0);

    /// <summary>Product and version; refuses what is no search server, or too old.</summary>
    public static async Task<ServerInfo> AskAsync(Transport transport, Version? oldest, CancellationToken ct)
    {
        var root = await transport.SendAsync(Get("", 405), ct);
        var server = root.Status == 405 ? await AskNodeAsync(transport, root, ct) : Read(root);
        var needed = server.Product == SearchProduct.OpenSearch ? s_oldestOpenSearch : oldest ?? s_oldest;
        if (server.Version < needed)
            throw new StoreException($"{server} at {root.Node} is too old: Subot needs {server.Product} {needed} or newer.", mayPass: false);
        return server;
    }

    private static ServerInfo Read(Answer answer)
    {
        var body = answer.Json();
        var version = Member(body, "version");
        if (Member(body, "cluster_name").ValueKind != JsonValueKind.String || Parse(Member(version, "number")) is not { } number)
            throw ServerError.Stranger(answer.Node, answer.Status);
        var isOpenSearch = Member(version, "distribution") is { ValueKind: JsonValueKind.String } distribution && distribution.ValueEquals("opensearch");
        return new(isOpenSearch ? SearchProduct.OpenSearch : SearchProduct.Elasticsearch, number);
    }

    // A minimal build of Elasticsearch has no answer at its root.
    private static async Task<ServerInfo> AskNodeAsync(Transport transport, Answer root, CancellationToken ct)
    {
        if (!root.SaysElastic)
            throw ServerError.Stranger(root.Node, root.Status);
        var answer = await transport.SendAsync(Get("_nodes/_local?filter_path=nodes.*.version", 403), ct);
        var body = answer.Json();
        var versions = Member(body, "nodes") is { ValueKind: JsonValueKind.Object } nodes
            ? nodes.EnumerateObject().Select(n => Parse(Member(n.Value, "version")))
            : [];
        return new(SearchProduct.Elasticsearch, versions.FirstOrDefault());
    }

    private static ServerRequest Get(string path, int allowed) =>
        new(HttpMethod.Get, path, default) { IsRepeatable = true, Allowed = [allowed] };

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    // 9.0.0-beta1, 2.17.1-SNAPSHOT
    private static Version? Parse(JsonElement number) =>
        number.ValueKind == JsonValueKind.String && Version.TryParse(number.GetString()!.Split('-')[0], out var version) ? version : null;
}
