using NUnit.Framework;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>A real server that is killed or stands still, and comes back.</summary>
internal sealed class KilledServerTests : ClientFixture
{
    private SearchServerProcess _server = null!;

    private static string Index => $"notes-{TestContext.CurrentContext.Test.ID}";

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await SearchServers.OwnAsync(ServerKind.Elasticsearch);

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Test, CancelAfter(TimeoutWithServer)]
    public async Task What_was_written_is_there_after_the_server_was_killed_and_the_client_goes_on_with_it(CancellationToken ct)
    {
        using var client = Client(_server.Server.Options("subot"));
        await CreateIndexAsync(client, ct);
        var written = await client.BulkAsync([.. Enumerable.Range(0, 50).Select(n => Create(Index, $"{n}", new(n)))], ct);

        await _server.KillAsync();
        var gone = Refused(() => client.BulkAsync([Create(Index, "more", new(50))], ct));
        await _server.StartAsync();
        var again = await client.BulkAsync([Create(Index, "49", new(-1)), Create(Index, "more", new(50))], ct);
        var read = await client.MultiGetAsync(Index, [.. Enumerable.Range(0, 50).Select(n => $"{n}")], NoteJson.Default.Note, ct);

        Assert.That((gone.MayPass, gone.Message), Is.EqualTo((true, $"Elasticsearch at http://{_server.Server.Url.Authority} cannot be reached. "
            + "See whether it runs, and check ELASTICSEARCH_URL.")));
        Assert.That(again.Select(o => o.Kind), Is.EqualTo(new[] { BulkOutcomeKind.Conflict, BulkOutcomeKind.Done }));
        Assert.That(read.Select(d => d?.Version), Is.EqualTo(written.Select(w => (DocumentVersion?)w.Version)));
    }

    [Test, CancelAfter(TimeoutWithServer)]
    public async Task A_write_into_a_server_that_stands_still_is_settled_when_it_goes_on(CancellationToken ct)
    {
        using var client = Client(_server.Server.Options("subot") with { Timeout = TimeSpan.FromSeconds(8) });
        await CreateIndexAsync(client, ct);
        await client.BulkAsync([Create(Index, "a", new(1))], ct);

        await _server.PauseAsync();
        var late = Refused(() => client.BulkAsync([Create(Index, "b", new(2))], ct));
        await _server.ResumeAsync();
        var settled = await client.BulkAsync([Create(Index, "b", new(3))], ct);

        Assert.That((late.MayPass, late.Message), Is.EqualTo((true, $"Elasticsearch at http://{_server.Server.Url.Authority} did not answer within 8 s.")));
        Assert.That(settled.Single().Kind, Is.EqualTo(BulkOutcomeKind.Conflict).Or.EqualTo(BulkOutcomeKind.Done));
    }

    private static Task CreateIndexAsync(ElasticsearchClient client, CancellationToken ct) =>
        client.SendAsync(HttpMethod.Put, $"{Index}-v1", Json($$$"""{"aliases":{"{{{Index}}}":{} } }"""), ct);
}
