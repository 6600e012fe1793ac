using NUnit.Framework;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Real servers that ask who comes, die, stand still and come back, or are old.</summary>
internal sealed class RealServerTests : ClientFixture
{
    [Test, CancelAfter(TimeoutWithServer)]
    public async Task The_right_password_lets_in_and_a_wrong_one_says_which_variables_to_look_at(CancellationToken ct)
    {
        await using var server = await SearchServers.OwnAsync(ServerKind.Elasticsearch, isSecure: true);
        var options = server.Server.Options("subot");
        using var right = Client(options);
        using var wrong = Client(options with { Password = Secret });
        using var nobody = Client(options with { Username = null, Password = null });

        Assert.That((await right.ConnectAsync(ct)).Version, Is.Not.Null);
        foreach (var client in (IEnumerable<ElasticsearchClient>)[wrong, nobody])
        {
            var error = Refused(() => client.ConnectAsync(ct));
            Assert.That(error.Message, Does.Contain("ELASTICSEARCH_USERNAME").And.Contain("ELASTICSEARCH_PASSWORD").And.Contain("ELASTICSEARCH_API_KEY"));
            Assert.That(error.MayPass, Is.False);
        }
    }

    [Test, CancelAfter(TimeoutWithServer)]
    public async Task What_was_written_is_there_after_the_server_was_killed_and_the_client_goes_on_with_it(CancellationToken ct)
    {
        await using var server = await SearchServers.OwnAsync(ServerKind.Elasticsearch);
        using var client = Client(server.Server.Options("subot"));
        var written = await client.BulkAsync([.. Enumerable.Range(0, 50).Select(n => Create("notes", $"{n}", new(n)))], ct);

        await server.KillAsync();
        var gone = Refused(() => client.BulkAsync([Create("notes", "more", new(50))], ct));
        await server.StartAsync();
        var again = await client.BulkAsync([Create("notes", "49", new(-1)), Create("notes", "more", new(50))], ct);
        var read = await client.MultiGetAsync("notes", [.. Enumerable.Range(0, 50).Select(n => $"{n}")], NoteJson.Default.Note, ct);

        Assert.That((gone.MayPass, gone.Message), Is.EqualTo((true, $"Elasticsearch at http://{server.Server.Url.Authority} cannot be reached. "
            + "See whether it runs, and check ELASTICSEARCH_URL.")));
        Assert.That(again.Select(o => o.Kind), Is.EqualTo(new[] { BulkOutcomeKind.Conflict, BulkOutcomeKind.Done }));
        Assert.That(read.Select(d => d?.Version), Is.EqualTo(written.Select(w => (DocumentVersion?)w.Version)));
    }

    [Test, CancelAfter(TimeoutWithServer)]
    public async Task A_write_into_a_server_that_stands_still_is_settled_when_it_goes_on(CancellationToken ct)
    {
        await using var server = await SearchServers.OwnAsync(ServerKind.Elasticsearch);
        using var client = Client(server.Server.Options("subot") with { Timeout = TimeSpan.FromSeconds(8) });
        await client.BulkAsync([Create("notes", "a", new(1))], ct);

        await server.PauseAsync();
        var late = Refused(() => client.BulkAsync([Create("notes", "b", new(2))], ct));
        await server.ResumeAsync();
        var settled = await client.BulkAsync([Create("notes", "b", new(3))], ct);

        Assert.That((late.MayPass, late.Message), Is.EqualTo((true, $"Elasticsearch at http://{server.Server.Url.Authority} did not answer within 8 s.")));
        Assert.That(settled.Single().Kind, Is.EqualTo(BulkOutcomeKind.Conflict).Or.EqualTo(BulkOutcomeKind.Done));
    }

    [Test, CancelAfter(TimeoutWithServer)]
    public async Task Version_6_is_searched_where_an_import_asks_for_it_and_refused_else(CancellationToken ct)
    {
        var server = await SearchServers.SharedAsync(ServerKind.Elasticsearch6);
        var index = $"subot-test-{Guid.NewGuid():n}";
        using var client = Client(server.Options(index));
        try
        {
            foreach (var n in (int[])[1, 2])
                await client.SendAsync(HttpMethod.Put, $"{index}/_doc/{n}", Json($$"""{"n":{{n}},"text":"old"}"""), ct);
            await client.RefreshAsync(index, ct);

            var version = await client.ConnectAsync(ct, oldest: 6);
            var page = await client.SearchAsync(index, Json("""{"sort":[{"n":"desc"}]}"""), NoteJson.Default.Note, ct);
            var refused = Refused(() => client.ConnectAsync(ct));

            Assert.That(version.Version!.Major, Is.EqualTo(6));
            Assert.That((page.Total, page.Sort.Single().GetInt64()), Is.EqualTo((2, 1)));
            Assert.That(page.Hits.Select(h => h.Source), Is.EqualTo(new[] { new Note(2, "old"), new Note(1, "old") }));
            Assert.That(refused.Message, Does.Contain("too old"));
        }
        finally
        {
            await client.TrySendAsync(HttpMethod.Delete, index, null, ct, 404);
        }
    }
}
