using NUnit.Framework;
using Subot.Storage.Elasticsearch.Client;
using Subot.Tests.Slack;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Answers that are lost, late or refuse for now: what is sent again, and what never is.</summary>
internal sealed class UnclearWriteTests : ClientFixture
{
    private const string Stored = """{"items":[{"create":{"status":201,"_seq_no":7,"_primary_term":1}}]}""";
    private const string Taken = """{"items":[{"create":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"x"}}}]}""";

    private FakeSearchServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await FakeSearchServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test, CancelAfter(Timeout)]
    public async Task A_guarded_bulk_whose_answer_was_lost_is_sent_again_and_conflicts_if_it_had_come_through(CancellationToken ct)
    {
        _server.Then(FakeSearchServer.Reset, FakeSearchServer.ResetHalfway).Always(FakeSearchServer.Json(200, Taken));
        using var client = Client(_server);

        var outcomes = await client.BulkAsync([Create("notes", "a", new(1))], ct);

        Assert.That(outcomes.Select(o => o.Kind), Is.EqualTo(new[] { BulkOutcomeKind.Conflict }));
        Assert.That(_server.Requests, Has.Count.EqualTo(3));
    }

    [Test, CancelAfter(Timeout)]
    public void A_bulk_with_an_unguarded_write_is_sent_once_and_its_loss_told([Values] bool halfway, [Values(502, 504, 0)] int gateway)
    {
        _server.Always(gateway > 0 ? FakeSearchServer.Text(gateway, "Bad Gateway") : halfway ? FakeSearchServer.ResetHalfway : FakeSearchServer.Reset);
        using var client = Client(_server);

        var error = Refused(() => client.BulkAsync([Create("notes", "a", new(1)), new BulkIndex("notes", "b", Bytes(new(2)))], default));

        Assert.That(error.MayPass, Is.True);
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Every_kind_of_guard_lets_a_bulk_be_sent_again(CancellationToken ct)
    {
        const string Done = """{"status":200,"_seq_no":1,"_primary_term":1}""";
        _server.Then(FakeSearchServer.Reset).Always(FakeSearchServer.Json(200,
            $$"""{"items":[{"create":{{Done}}},{"index":{{Done}}},{"index":{{Done}}},{"delete":{{Done}}},{"delete":{{Done}}}]}"""));
        using var client = Client(_server);

        var outcomes = await client.BulkAsync(
        [
            Create("notes", "a", new(1)),
            new BulkIndex("notes", "b", Bytes(new(2)), IfVersion: new(3, 1)),
            new BulkIndex("notes", "c", Bytes(new(2)), ExternalVersion: 9),
            new BulkDelete("notes", "d"),
            new BulkDelete("notes", "e", new(4, 2)),
        ], ct);

        Assert.That(outcomes.Select(o => o.Kind), Has.Exactly(5).EqualTo(BulkOutcomeKind.Done));
        Assert.That(_server.Requests.Select(r => r.Body), Has.Exactly(2).EqualTo(
            """
            {"create":{"_index":"notes","_id":"a"}}
            {"n":1,"text":""}
            {"index":{"_index":"notes","_id":"b","if_seq_no":3,"if_primary_term":1}}
            {"n":2,"text":""}
            {"index":{"_index":"notes","_id":"c","version":9,"version_type":"external_gte"}}
            {"n":2,"text":""}
            {"delete":{"_index":"notes","_id":"d"}}
            {"delete":{"_index":"notes","_id":"e","if_seq_no":4,"if_primary_term":2}}

            """));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Writes_that_the_server_had_no_room_for_are_sent_again_alone(CancellationToken ct)
    {
        const string Full = """{"index":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"x"}}}""";
        const string NotReady = """{"index":{"status":503,"error":{"type":"unavailable_shards_exception","reason":"x"}}}""";
        const string Done = """{"index":{"status":200,"_seq_no":5,"_primary_term":1}}""";
        const string Bad = """{"index":{"status":400,"error":{"type":"document_parsing_exception","reason":"x"}}}""";
        _server.Then(
            FakeSearchServer.Json(200, $$"""{"items":[{{Done}},{{Full}},{{Bad}},{{NotReady}}]}"""),
            FakeSearchServer.Json(200, $$"""{"items":[{{Full}},{{Done}}]}"""),
            FakeSearchServer.Json(200, $$"""{"items":[{{Done}}]}"""));
        using var client = Client(_server);

        var outcomes = await client.BulkAsync([.. Enumerable.Range(1, 4).Select(n => new BulkIndex("notes", $"{n}", Bytes(new(n))))], ct);

        Assert.That(outcomes.Select(o => o.Kind), Is.EqualTo(new[]
        {
            BulkOutcomeKind.Done, BulkOutcomeKind.Done, BulkOutcomeKind.Failed, BulkOutcomeKind.Done,
        }));
        Assert.That(_server.Requests.Select(Ids), Is.EqualTo((string[])["1234", "24", "2"]));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_large_bulk_is_sent_in_pieces_in_order(CancellationToken ct)
    {
        _server.Always(context =>
        {
            // What is written second finds no room, once.
            var seen = _server.Requests.ToList();
            var items = Ids(seen[^1]).Select(id => id == '2' && seen.Count < 4
                ? """{"index":{"status":429,"error":{"type":"es_rejected_execution_exception"}}}"""
                : $$$"""{"index":{"status":200,"_seq_no":{{{id}}},"_primary_term":1}}""");
            return FakeSearchServer.Json(200, $$"""{"items":[{{string.Join(',', items)}}]}""")(context);
        });
        using var client = Client(_server);
        var text = new string('x', BulkBody.Enough * 2 / 5);

        var outcomes = await client.BulkAsync([.. Enumerable.Range(1, 7).Select(n => new BulkIndex("notes", $"{n}", Bytes(new(n, text))))], ct);

        Assert.That(outcomes.Select(o => o.Version.SeqNo), Is.EqualTo((long[])[1, 2, 3, 4, 5, 6, 7]));
        Assert.That(_server.Requests.Select(Ids), Is.EqualTo((string[])["123", "456", "7", "2"]));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_write_that_never_finds_room_fails_and_may_pass(CancellationToken ct)
    {
        _server.Always(FakeSearchServer.Json(200, """{"items":[{"index":{"status":429,"error":{"type":"es_rejected_execution_exception"}}}]}"""));
        using var client = Client(_server);

        var outcome = (await client.BulkAsync([new BulkIndex("notes", "1", Bytes(new(1)))], ct))[0];

        Assert.That((outcome.Kind, outcome.MayPass), Is.EqualTo((BulkOutcomeKind.Failed, true)));
        Assert.That(_server.Requests, Has.Count.EqualTo(5));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_refusal_for_now_is_waited_out_even_by_an_unguarded_write([Values(429, 503)] int status, CancellationToken ct)
    {
        _server.Then(FakeSearchServer.Error(status, "es_rejected_execution_exception"), FakeSearchServer.Error(status, "circuit_breaking_exception"))
            .Always(FakeSearchServer.Json(200, """{"items":[{"index":{"status":200,"_seq_no":7,"_primary_term":1}}]}"""));
        using var client = Client(_server);

        var outcomes = await client.BulkAsync([new BulkIndex("notes", "1", Bytes(new(1)))], ct);

        Assert.That(outcomes, Is.EqualTo(new[] { new BulkOutcome(BulkOutcomeKind.Done, new(7, 1), null) }));
        Assert.That(_server.Requests, Has.Count.EqualTo(3));
    }

    [Test, CancelAfter(Timeout)]
    public void A_503_of_something_in_between_may_have_come_through()
    {
        _server.Always(FakeSearchServer.Text(503, "upstream connect error or disconnect/reset before headers"));
        using var client = Client(_server);

        var error = Refused(() => client.BulkAsync([new BulkIndex("notes", "1", Bytes(new(1)))], default));

        Assert.That(error.MayPass, Is.True);
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Reads_are_repeated([Values(0, 502, 503, 504)] int status, CancellationToken ct)
    {
        _server.Then(status == 0 ? FakeSearchServer.Reset : FakeSearchServer.Text(status, "no"))
            .Always(FakeSearchServer.Json(200, """{"docs":[{"_id":"a","found":true,"_source":{"n":1},"_seq_no":2,"_primary_term":1}]}"""));
        using var client = Client(_server);

        var read = await client.MultiGetAsync("notes", ["a"], NoteJson.Default.Note, ct);

        Assert.That(read[0]!.Version, Is.EqualTo(new DocumentVersion(2, 1)));
    }

    [Test, CancelAfter(Timeout)]
    public async Task An_answer_that_takes_too_long_is_asked_for_twice_at_most(CancellationToken ct)
    {
        var time = new RecordingTime();
        _server.Always(FakeSearchServer.Never);
        var arrived = new SemaphoreSlim(0);
        _server.Arrived = _ => arrived.Release();
        using var client = new ElasticsearchClient(OptionsFor(_server.Url), time);

        var write = client.BulkAsync([Create("notes", "a", new(1))], ct);
        await arrived.WaitAsync(ct);
        await time.PassAsync(30, ct);
        await time.PassBackoffAsync(0, 5, ct);
        await arrived.WaitAsync(ct);
        await time.PassAsync(30, ct);

        var error = Refused(() => write);
        Assert.That((error.MayPass, error.Message), Is.EqualTo((true, $"Elasticsearch at {_server.Url.ToString().TrimEnd('/')} did not answer within 30 s.")));
        Assert.That(_server.Requests, Has.Count.EqualTo(2));
    }

    [Test, CancelAfter(Timeout)]
    public async Task Cancelling_is_no_failure_of_the_store(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _server.Always(FakeSearchServer.Never);
        _server.Arrived = _ => stop.Cancel();
        using var client = Client(_server);

        await Assert.ThatAsync(() => client.RefreshAsync("notes", stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test, CancelAfter(Timeout)]
    public async Task Reads_that_were_refused_inside_an_answer_are_repeated(CancellationToken ct)
    {
        const string Busy = """{"error":{"type":"es_rejected_execution_exception","reason":"x"},"status":429}""";
        const string Good = """{"_shards":{"failed":0},"hits":{"hits":[]}}""";
        _server.Then(
            FakeSearchServer.Json(200, $$"""{"responses":[{{Good}},{{Busy}}]}"""),
            FakeSearchServer.Json(200, $$"""{"responses":[{{Good}},{{Good}}]}"""),
            FakeSearchServer.Json(200, """{"docs":[{"_id":"a","error":{"type":"no_shard_available_action_exception","reason":"x"}}]}"""),
            FakeSearchServer.Json(200, """{"docs":[{"_id":"a","found":false}]}"""));
        using var client = Client(_server);

        var searched = await client.MultiSearchAsync("notes", [[], []], ct);
        var read = await client.MultiGetAsync("notes", ["a"], NoteJson.Default.Note, ct);

        Assert.That((searched.Count, read.Single(), _server.Requests.Count), Is.EqualTo((2, (Document<Note>?)null, 4)));
    }

    [Test, CancelAfter(Timeout)]
    public void An_answer_with_missing_shards_is_an_error([Values] bool several)
    {
        const string Partial = """
            {"took":1,"timed_out":false,"hits":{"total":0,"hits":[]},
             "_shards":{"total":2,"successful":1,"failed":1,"failures":[{"shard":0,"reason":{"type":"no_shard_available_action_exception","reason":"x"}}]}}
            """;
        _server.Always(FakeSearchServer.Json(200, several ? $$"""{"responses":[{{Partial}}]}""" : Partial));
        using var client = Client(_server);

        var error = Refused(() => several
            ? client.MultiSearchAsync("notes", [[]], default)
            : client.SearchAsync("notes", [], NoteJson.Default.Note, default));

        Assert.That(error.MayPass, Is.True);
        Assert.That(error.Message, Does.Contain("no active shard"));
    }

    private static string Ids(SeenRequest bulk) => string.Concat(
        bulk.Body.Split('\n').Where(l => l.Contains("_id", StringComparison.Ordinal)).Select(l => l.Split('"')[^2]));
}
