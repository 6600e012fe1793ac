using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Writing, reading and searching on real servers.</summary>
[TestFixture(ServerKind.Elasticsearch)]
[TestFixture(ServerKind.OpenSearch)]
internal sealed class DocumentTests(ServerKind kind) : ClientFixture
{
    private SearchServer _server = null!;
    private string _index = null!;
    private ElasticsearchClient _client = null!;

    [OneTimeSetUp]
    public async Task FindServerAsync() => _server = await SearchServers.SharedAsync(kind);

    [SetUp]
    public async Task CreateIndexAsync()
    {
        var prefix = $"subot-test-{Guid.NewGuid():n}";
        _index = $"{prefix}-notes";
        _client = Client(_server.Options(prefix));
        await _client.SendAsync(HttpMethod.Put, $"{_index}-v1", Json($$$"""
            {"aliases":{"{{{_index}}}":{}},"settings":{"number_of_replicas":0},
             "mappings":{"dynamic":"strict","properties":{"n":{"type":"long"},"text":{"type":"text"} } } }
            """), default);
    }

    [TearDown]
    public async Task DeleteIndexAsync()
    {
        await _client.TrySendAsync(HttpMethod.Delete, $"{_index}-v1", null, default, 404);
        _client.Dispose();
    }

    [Test, CancelAfter(Timeout)]
    public async Task The_server_says_what_it_is(CancellationToken ct)
    {
        var server = await _client.ConnectAsync(ct);

        Assert.That(server.Product, Is.EqualTo(kind == ServerKind.OpenSearch ? SearchProduct.OpenSearch : SearchProduct.Elasticsearch));
        Assert.That(server.Version, Is.GreaterThanOrEqualTo(new Version(2, 0)));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Each_write_of_a_bulk_has_an_outcome_of_its_own(CancellationToken ct)
    {
        await _client.BulkAsync([Create(_index, "there", new(1))], ct);

        var outcomes = await _client.BulkAsync(
        [
            Create(_index, "new", new(2)),
            Create(_index, "there", new(3)),
            new BulkIndex(_index, "bad", """{"n":"hushhush"}"""u8.ToArray()),
            new BulkIndex(_index, "unknown", """{"n":1,"colour":"hushhush"}"""u8.ToArray()),
            new BulkDelete(_index, "nowhere"),
            new BulkDelete(_index, "there"),
            new BulkIndex("Not-An-Index", "1", Bytes(new(4))),
        ], ct);

        Assert.That(outcomes.Select(o => o.Kind), Is.EqualTo(new[]
        {
            BulkOutcomeKind.Done, BulkOutcomeKind.Conflict, BulkOutcomeKind.Failed, BulkOutcomeKind.Failed,
            BulkOutcomeKind.NotFound, BulkOutcomeKind.Done, BulkOutcomeKind.Failed,
        }));
        Assert.That(outcomes[2].Reason, Does.Contain("mapping").And.Contain("field n").And.Not.Contain(Secret));
        Assert.That(outcomes[3].Reason, Does.Contain("mapping").And.Contain("field colour").And.Not.Contain(Secret));
        Assert.That(outcomes.Select(o => o.MayPass), Has.None.True);
        var read = await _client.MultiGetAsync(_index, ["new", "there", "bad"], NoteJson.Default.Note, ct);
        Assert.That(read.Select(d => d?.Source.N), Is.EqualTo(new long?[] { 2, null, null }));
        Assert.That(read[0]!.Version, Is.EqualTo(outcomes[0].Version));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_guarded_write_conflicts_when_somebody_wrote_in_between(CancellationToken ct)
    {
        var first = (await _client.BulkAsync([Create(_index, "a", new(1))], ct))[0].Version;
        var second = (await _client.BulkAsync([new BulkIndex(_index, "a", Bytes(new(2)), first)], ct))[0];

        var late = await _client.BulkAsync(
            [new BulkIndex(_index, "a", Bytes(new(3)), first), new BulkDelete(_index, "a", first), new BulkDelete(_index, "a", second.Version)], ct);

        Assert.That(second.Kind, Is.EqualTo(BulkOutcomeKind.Done));
        Assert.That(late.Select(o => o.Kind), Is.EqualTo(new[] { BulkOutcomeKind.Conflict, BulkOutcomeKind.Conflict, BulkOutcomeKind.Done }));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_version_of_ones_own_lets_the_same_and_a_newer_document_in(CancellationToken ct)
    {
        var outcomes = new List<BulkOutcomeKind>();
        foreach (var version in (long[])[5, 5, 4, 6])
            outcomes.Add((await _client.BulkAsync([new BulkIndex(_index, "a", Bytes(new(version)), ExternalVersion: version)], ct))[0].Kind);

        Assert.That(outcomes, Is.EqualTo(new[] { BulkOutcomeKind.Done, BulkOutcomeKind.Done, BulkOutcomeKind.Conflict, BulkOutcomeKind.Done }));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Documents_are_read_in_the_order_asked_for_before_any_search_finds_them(CancellationToken ct)
    {
        await _client.BulkAsync([Create(_index, "a", new(1)), Create(_index, "b:é/\"1\"", new(2, "zwei"))], ct);

        var read = await _client.MultiGetAsync(_index, ["b:é/\"1\"", "x", "a", "a"], NoteJson.Default.Note, ct);

        Assert.That(read.Select(d => d?.Source), Is.EqualTo(new[] { new Note(2, "zwei"), null, new Note(1), new Note(1) }));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Without_its_alias_an_index_is_missing_and_none_is_made_in_its_place(CancellationToken ct)
    {
        await _client.SendAsync(HttpMethod.Post, "_aliases", Json($$$"""{"actions":[{"remove":{"index":"{{{_index}}}-v1","alias":"{{{_index}}}"}}]}"""), ct);

        var outcomes = await _client.BulkAsync([Create(_index, "a", new(1)), new BulkIndex(_index, "b", Bytes(new(2))), new BulkDelete(_index, "c")], ct);
        var read = Refused(() => _client.MultiGetAsync(_index, ["a"], NoteJson.Default.Note, ct));

        Assert.That(outcomes.Select(o => (o.Kind, o.MayPass)), Has.All.EqualTo((BulkOutcomeKind.Failed, false)));
        Assert.That(outcomes.Select(o => o.Reason).Append(read.Message), Has.All.Contains("missing in Elasticsearch").And.All.Contains(_index));
        Assert.That((await _client.TrySendAsync(HttpMethod.Head, _index, null, ct, 404)).Status, Is.EqualTo(404));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_large_bulk_is_taken_in_pieces_and_each_write_has_its_own_outcome(CancellationToken ct)
    {
        var text = new string('x', BulkBody.Enough / 3);
        await _client.BulkAsync([Create(_index, "4", new(0))], ct);

        var outcomes = await _client.BulkAsync([.. Enumerable.Range(0, 8).Select(n => Create(_index, $"{n}", new(n, text)))], ct);
        var read = await _client.MultiGetAsync(_index, [.. Enumerable.Range(0, 8).Select(n => $"{n}")], NoteJson.Default.Note, ct);

        Assert.That(outcomes.Select((o, n) => o.Kind == (n == 4 ? BulkOutcomeKind.Conflict : BulkOutcomeKind.Done)), Has.All.True);
        Assert.That(outcomes.Zip(read).Where(o => o.First.Kind == BulkOutcomeKind.Done).Select(o => o.First.Version == o.Second!.Version), Has.All.True);
    }

    [Test, CancelAfter(Timeout)]
    public async Task Nothing_is_asked_when_there_is_nothing_to_ask(CancellationToken ct)
    {
        using var nowhere = Client(OptionsFor(new Uri("http://127.0.0.1:1")));

        Assert.That(await nowhere.MultiGetAsync(_index, [], NoteJson.Default.Note, ct), Is.Empty);
        Assert.That(await nowhere.BulkAsync([], ct), Is.Empty);
        Assert.That(await nowhere.MultiSearchAsync(_index, [], ct), Is.Empty);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_search_gives_pages_versions_and_sums(CancellationToken ct)
    {
        var written = await _client.BulkAsync([.. Enumerable.Range(0, 5).Select(n => Create(_index, $"{n}", new(n, "word")))], ct, refresh: true);
        var body = Json("""{"size":2,"sort":[{"n":"asc"}],"track_total_hits":true,"aggs":{"sum":{"sum":{"field":"n"}}}}""");

        var first = await _client.SearchAsync(_index, body, NoteJson.Default.Note, ct);
        body["search_after"] = new JsonArray([.. first.Sort.Select(s => JsonValue.Create(s))]);
        var second = await _client.SearchAsync(_index, body, NoteJson.Default.Note, ct);

        Assert.That(first.Hits.Concat(second.Hits).Select(h => h.Source.N), Is.EqualTo((long[])[0, 1, 2, 3]));
        Assert.That(first.Hits.Select(h => h.Version), Is.EqualTo(written.Take(2).Select(w => w.Version)));
        Assert.That(first.Total, Is.EqualTo(5));
        Assert.That(first.Aggregations.GetProperty("sum").GetProperty("value").GetDouble(), Is.EqualTo(10));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Several_searches_go_in_one_request_and_one_that_is_wrong_is_an_error(CancellationToken ct)
    {
        await _client.BulkAsync([Create(_index, "a", new(1)), Create(_index, "b", new(2))], ct);
        await _client.RefreshAsync(_index, ct);
        var all = Json("""{"query":{"match_all":{}}}""");

        var answers = await _client.MultiSearchAsync(_index, [all, Json("""{"query":{"term":{"n":2}}}""")], ct);
        var error = Refused(() => _client.MultiSearchAsync(_index, [all, Json("""{"query":{"term":{"n":"hushhush"}}}""")], ct));

        Assert.That(answers.Select(a => a.GetProperty("hits").GetProperty("hits").GetArrayLength()), Is.EqualTo((int[])[2, 1]));
        Assert.That(error.MayPass, Is.False);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_listed_status_is_an_answer_and_any_other_an_error(CancellationToken ct)
    {
        var (status, body) = await _client.TrySendAsync(HttpMethod.Get, $"{_index}/_doc/none", null, ct, 404);
        var head = await _client.TrySendAsync(HttpMethod.Head, $"{_index}-missing", null, ct, 404);
        var error = Refused(() => _client.SendAsync(HttpMethod.Get, $"{_index}-missing/_mapping", null, ct));

        Assert.That((status, body.GetProperty("found").GetBoolean(), head.Status), Is.EqualTo((404, false, 404)));
        Assert.That(error.Message, Does.Contain("index is missing").And.Contain($"{_index}-missing"));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_index_that_a_full_disk_made_read_only_says_so_and_that_it_may_pass(CancellationToken ct)
    {
        await _client.SendAsync(HttpMethod.Put, $"{_index}/_settings", Json("""{"index.blocks.read_only_allow_delete":true}"""), ct);

        var outcome = (await _client.BulkAsync([Create(_index, "a", new(1))], ct))[0];
        var error = Refused(() => _client.SendAsync(HttpMethod.Put, $"{_index}/_doc/a", Json("""{"n":1}"""), ct));

        Assert.That((outcome.Kind, outcome.MayPass), Is.EqualTo((BulkOutcomeKind.Failed, true)));
        Assert.That(outcome.Reason, Does.Contain("Free disk space"));
        Assert.That((error.Message, error.MayPass), Is.EqualTo((outcome.Reason, true)));
    }

    [Test, CancelAfter(Timeout)]
    public void A_mapping_that_cannot_be_changed_says_which_field() =>
        Assert.That(Refused(() => _client.SendAsync(HttpMethod.Put, $"{_index}/_mapping", Json("""{"properties":{"n":{"type":"keyword"}}}"""), default)).Message,
            Does.Contain("mapping").And.Contain("field n").And.Contain("SUBOT_INDEX_PREFIX"));

    [Test, CancelAfter(Timeout)]
    public async Task A_document_of_another_kind_is_refused_without_quoting_it(CancellationToken ct)
    {
        await _client.BulkAsync([new BulkIndex(_index, "a", """{"text":["hushhush"],"n":1}"""u8.ToArray())], ct);

        var error = Refused(() => _client.MultiGetAsync(_index, ["a"], NoteJson.Default.Note, ct));

        Assert.That(error.Message, Does.Contain("Note"));
    }
}
