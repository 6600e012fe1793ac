using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Subot.Storage.Elasticsearch.Client;
using Subot.Tests.Slack;

namespace Subot.Tests.Storage.Elasticsearch;

/// <summary>Several nodes: they take turns, and one that is gone is left out for a while.</summary>
internal sealed class NodesTests : ClientFixture
{
    private FakeSearchServer _one = null!, _two = null!;

    [SetUp]
    public async Task StartAsync() => (_one, _two) = (await FakeSearchServer.StartAsync(), await FakeSearchServer.StartAsync());

    [TearDown]
    public async Task StopAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Test, CancelAfter(Timeout)]
    public async Task Nodes_take_turns(CancellationToken ct)
    {
        using var client = Client(OptionsFor(_one.Url, _two.Url));

        for (var i = 0; i < 6; i++)
            await client.RefreshAsync("notes", ct);

        Assert.That((_one.Requests.Count, _two.Requests.Count), Is.EqualTo((3, 3)));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_node_that_is_gone_costs_no_wait_and_even_an_unguarded_write_goes_to_the_next(CancellationToken ct)
    {
        // Its clock stands still: had there been a wait between the attempts, this would never end.
        var time = new RecordingTime();
        var log = new RecordingLog<ElasticsearchClient>();
        _two.Always(FakeSearchServer.Json(200, """{"items":[{"index":{"status":200,"_seq_no":7,"_primary_term":1}}]}"""));
        using var client = new ElasticsearchClient(OptionsFor(Gone(), _two.Url), time, log);

        for (var i = 0; i < 4; i++)
            await client.BulkAsync([new BulkIndex("notes", "a", Bytes(new(1)))], ct);

        Assert.That(_two.Requests, Has.Count.EqualTo(4));
        Assert.That(log.Lines.Select(l => l.Text).Where(t => t.Contains("left out", StringComparison.Ordinal)), Has.Exactly(1).Items);
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_node_that_was_left_out_is_tried_again_later(CancellationToken ct)
    {
        var time = new RecordingTime();
        _one.Then(FakeSearchServer.Reset);
        using var client = new ElasticsearchClient(OptionsFor(_one.Url, _two.Url), time);

        await Assert.ThatAsync(() => client.SendAsync(HttpMethod.Post, "notes/_doc", Json("{}"), ct), Throws.Exception);
        await client.RefreshAsync("notes", ct);
        await client.RefreshAsync("notes", ct);
        var whileLeftOut = _one.Requests.Count;
        time.Advance(NodeList.Rest);
        await client.RefreshAsync("notes", ct);
        await client.RefreshAsync("notes", ct);

        Assert.That((whileLeftOut, _one.Requests.Count, _two.Requests.Count), Is.EqualTo((1, 2, 3)));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_node_that_is_all_there_is_is_asked_however_often_it_failed(CancellationToken ct)
    {
        _one.Then(FakeSearchServer.Reset, FakeSearchServer.Reset, FakeSearchServer.Reset);
        using var client = Client(_one);

        await client.RefreshAsync("notes", ct);

        Assert.That(_one.Requests, Has.Count.EqualTo(4));
    }

    [Test, CancelAfter(Timeout)]
    public async Task A_path_in_the_URL_is_kept(CancellationToken ct)
    {
        using var client = Client(OptionsFor(new Uri(_one.Url, "search")));

        await client.RefreshAsync("notes", ct);

        Assert.That(_one.Requests.Single().Path, Is.EqualTo("/search/notes/_refresh"));
    }

    [TestCase("GET", "notes/_doc/1", true)]
    [TestCase("DELETE", "notes", true)]
    [TestCase("POST", "notes/_search?size=0", true)]
    [TestCase("POST", "_aliases", false)]
    [TestCase("POST", "notes/_doc", false)]
    [TestCase("POST", "notes/_update/1", false)]
    [TestCase("PUT", "_index_template/notes", true)]
    [TestCase("PUT", "notes/_doc/1", false)]
    [TestCase("PUT", "notes/_doc/1?refresh=true", false)]
    [TestCase("PUT", "notes/_doc/1?if_seq_no=1&if_primary_term=1", true)]
    [TestCase("PUT", "notes/_doc/1?version=4&version_type=external", true)]
    [TestCase("PUT", "notes/_create/1", true)]
    public void Requests_are_repeated_only_if_twice_is_the_same_as_once_or_can_be_told_from_it(string method, string path, bool repeatable) =>
        Assert.That(Repeatable.Is(new HttpMethod(method), path), Is.EqualTo(repeatable));

    private static Uri Gone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
