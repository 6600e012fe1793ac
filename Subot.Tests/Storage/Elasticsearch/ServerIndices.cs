using Microsoft.Extensions.Time.Testing;
using Subot.Storage.Elasticsearch;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Indices of a test's own on a shared server, which go with it.</summary>
internal sealed class ServerIndices(SearchServer server) : IAsyncDisposable
{
    public string Prefix { get; } = $"test-{Guid.NewGuid():N}";

    public ElasticsearchOptions Options => server.Options(Prefix);

    public ElasticsearchClient Client { get; } = new(server.Options("any"), TimeProvider.System);

    /// <summary>Opens a store on them: each is a process of its own to the others.</summary>
    public Task<ElasticsearchStore> OpenAsync(CancellationToken ct, FakeTimeProvider? time = null) =>
        ElasticsearchStore.OpenAsync(Options, time ?? TimeProvider.System, TimeSpan.Zero, null, ct);

    public async ValueTask DisposeAsync()
    {
        // By their names: servers refuse to delete by a pattern.
        string[] kinds = ["threads", "messages", "records"];
        await Client.TrySendAsync(HttpMethod.Delete, string.Join(',', kinds.Select(k => $"{Prefix}-{k}-v2")) + "?ignore_unavailable=true", null, CancellationToken.None, 404);
        await Task.WhenAll(kinds.Select(k => Client.TrySendAsync(HttpMethod.Delete, $"_index_template/{Prefix}-{k}", null, CancellationToken.None, 404)));
        Client.Dispose();
    }
}
