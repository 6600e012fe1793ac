using NUnit.Framework;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Real servers that ask who comes, or are old.</summary>
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

            var version = await client.ConnectAsync(ct, oldest: new Version(6, 0));
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
