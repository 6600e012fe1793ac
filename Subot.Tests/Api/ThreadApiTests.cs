using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Numbers;
using Subot.Api.Contracts.Threads;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>Requests one by one: in pages, alone, and as files.</summary>
internal sealed class ThreadApiTests
{
    private static readonly Ts s_begin = RandomThreads.At(2025, 5, 1);
    private static readonly Ts s_end = RandomThreads.At(2025, 9, 1);
    private static readonly string[] s_words = ["again", "the*"];
    private static readonly string[] s_noChannel = ["There is no channel 'nope'; there are: channel 0, channel 1, channel 2."];
    private static readonly string[] s_noThread = ["There is no thread 1.000000 in C1."];
    private MemoryStore _store = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task Start()
    {
        _store = new MemoryStore();
        await GeneratedThreads.FillAsync(_store, seed: 4, threads: 700, s_begin, s_end, s_end);
        _api = await RunningApi.StartAsync(_store);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task Pages_hold_every_request_once_in_their_order(
        [Values("newest", "oldest")] string sort, [Values("", "&tool=git", "&status=fixed&channel=C1")] string filter)
    {
        var items = await AllAsync($"sort={sort}{filter}");

        var summary = await _api.GetAsync<Summary>($"/v2/summary?{filter.TrimStart('&')}");
        Assert.That(items, Has.Count.EqualTo(summary.Numbers.Requests));
        Assert.That(items, Has.Count.GreaterThan(10));
        Assert.That(items.Select(i => (i.Channel, i.Ts)), Is.Unique);
        Assert.That(items.Select(i => i.At), sort == "newest" ? Is.Ordered.Descending : Is.Ordered.Ascending);
        Assert.That(items.Count(i => i.Status == "fixed"), Is.EqualTo(summary.Numbers.Solved));
    }

    [Test]
    public async Task Open_requests_come_by_their_silence_and_those_that_wait_for_the_team_alone(
        [Values] bool ofTeam, [Values("", "&tool=git&from=2025-06-01")] string filter)
    {
        var items = await AllAsync($"sort={(ofTeam ? "waiting" : "silent")}{filter}");

        var all = (await AllAsync($"sort=oldest{filter}")).Where(i => i.SilentSince is not null && (!ofTeam || i.Turn == "team")).ToList();
        Assert.That(all, Has.Count.GreaterThan(3));
        Assert.That(items.Select(Name), Is.EquivalentTo(all.Select(Name)));
        Assert.That(items.Select(i => i.SilentSince), Is.Ordered);
    }

    [Test]
    public async Task A_search_lists_each_request_once_by_its_newest_message_with_the_words()
    {
        // Every third thread has the word in three messages, the others in the first alone.
        foreach (var i in Enumerable.Range(0, 30))
        {
            (MessageFact Fact, string Text)[] messages = [Said(i, 0, "Zebra?"), Said(i, 100, i % 3 == 0 ? "the zebra again" : "no stripes"), Said(i, 200, i % 3 == 0 ? "zebra, ZEBRA" : "none")];
            var change = RandomThreads.Change(Zebra(i), [.. messages.Select(m => m.Fact)]);
            await _store.CommitAsync(new ChangeSet { Threads = [change with { Messages = [.. messages.Select(m => new StoredMessage(m.Fact.Time, m.Text))] }], Now = Zebra(i).Root }, Ct);
        }

        List<ThreadMatch> matches = [];
        var items = await AllAsync("q=zebra", page =>
        {
            Assert.That(page.Threads, Has.Count.EqualTo(page.Next is null ? 30 % 7 : 7));
            matches.AddRange(page.Search!.Messages);
        });

        Assert.That(items.Select(Name), Is.EqualTo(matches.Select(m => (m.Channel, m.Thread))));
        Assert.That(matches.Select(m => m.Message), Is.Ordered.Descending);
        Assert.That(matches.Select(m => (m.Channel, m.Thread)), Is.EquivalentTo(Enumerable.Range(0, 30).Select(i => (Zebra(i).Channel.Value, Zebra(i).Root.ToString()))));
        Assert.That(matches.Select(m => m.Text), Is.EquivalentTo(Enumerable.Repeat("zebra, ZEBRA", 10).Concat(Enumerable.Repeat("Zebra?", 20))));

        var some = await AllAsync($"q=again+the*&channel=C1&from={Zebra(9).Root.ToDateTimeOffset():yyyy-MM-ddTHH:mm:ssZ}", page => Assert.That(page.Search!.Words, Is.EqualTo(s_words)));
        Assert.That(some.Select(Name), Is.EqualTo(Enumerable.Range(0, 4).Select(i => 27 - (6 * i)).Select(i => (Zebra(i).Channel.Value, Zebra(i).Root.ToString()))));
        Assert.That(await AllAsync("q=zebra&status=fixed", page => Assert.That(page.Next, Is.Null, "all was looked at")), Is.Empty);

        ThreadKey Zebra(int i) => new(new ChannelId($"C{i % 2}"), RandomThreads.At(2025, 10, 1).AddSeconds(i));

        (MessageFact Fact, string Text) Said(int i, int second, string text) => (new MessageFact(Zebra(i).Root.AddSeconds(second), new UserId("U0P5"), AuthorKind.Person, Verdicts.None), text);
    }

    [Test]
    public async Task A_request_in_which_the_words_are_written_once_more_between_two_pages_is_listed_all_the_same()
    {
        var keys = Enumerable.Range(0, 3).Select(i => new ThreadKey(new ChannelId("C1"), RandomThreads.At(2025, 11, 1).AddSeconds(i))).ToList();
        foreach (var key in keys)
            await SayAsync(key, [key.Root], 0);

        var first = await _api.GetAsync<ThreadPage>("/v2/threads?q=quagga&limit=1");
        await SayAsync(keys[0], [keys[0].Root, keys[0].Root.AddSeconds(100)], 1);
        var second = await _api.GetAsync<ThreadPage>($"/v2/threads?q=quagga&limit=1&cursor={first.Next}");
        var third = await _api.GetAsync<ThreadPage>($"/v2/threads?q=quagga&limit=1&cursor={second.Next}");

        Assert.That(new[] { first, second, third }.Select(p => p.Threads.Single().Ts), Is.EqualTo(keys.Select(k => k.Root.ToString()).Reverse()));

        async Task SayAsync(ThreadKey key, List<Ts> messages, long version)
        {
            var change = RandomThreads.Change(key, messages.ConvertAll(m => new MessageFact(m, new UserId("U0P5"), AuthorKind.Person, Verdicts.None)), version);
            Assert.That(await _store.CommitAsync(new ChangeSet { Threads = [change with { Messages = [.. messages.Select(m => new StoredMessage(m, "a quagga"))] }], Now = key.Root }, Ct), Is.Empty);
        }
    }

    private static IEnumerable<string> Lists() =>
        ["threads?sort=newest", "threads?sort=oldest", "threads?sort=silent", "threads?sort=waiting", "threads?q=text", "explain/requests?"];

    [Test]
    public async Task A_cursor_goes_on_in_its_own_list_and_is_refused_in_every_other([ValueSource(nameof(Lists))] string list)
    {
        var next = JsonNode.Parse(await _api.Client.GetStringAsync($"/v2/{list}&channel=C1&to=2025-09-01&limit=1", Ct))!["next"]!.GetValue<string>();

        foreach (var other in Lists())
        {
            using var answer = await _api.Client.GetAsync($"/v2/{other}&channel=C1&limit=1&cursor={next}", Ct);
            Assert.That(answer.StatusCode, Is.EqualTo(other == list ? HttpStatusCode.OK : HttpStatusCode.BadRequest), other);
            if (other != list)
                Assert.That(await answer.Content.ReadAsStringAsync(Ct), Does.Contain("begin without one"), other);
        }
    }

    [Test]
    public async Task A_thread_is_named_by_its_channel_as_people_call_it([Values("C1", "channel%201", "%23channel%201")] string channel)
    {
        var item = (await _api.GetAsync<ThreadPage>("/v2/threads?channel=C1&limit=1")).Threads.Single();

        Assert.That((await _api.GetAsync<ThreadDetail>($"/v2/threads/{channel}/{item.Ts}")).Thread.Channel, Is.EqualTo("C1"));
    }

    [Test]
    public async Task A_channel_and_a_thread_that_there_are_not_are_told_apart()
    {
        Assert.That((await _api.ProblemAsync("/v2/threads/nope/1.000000", HttpStatusCode.NotFound)).Errors, Is.EqualTo(s_noChannel));
        Assert.That((await _api.ProblemAsync("/v2/threads/channel%201/1.000000", HttpStatusCode.NotFound)).Errors, Is.EqualTo(s_noThread));
    }

    [Test]
    public async Task A_thread_tells_everything_that_happened_to_it()
    {
        var (root, reply) = (new Ts(1_750_000_000_000_000), new Ts(1_750_000_060_000_000));
        var key = new ThreadKey(new ChannelId("C0ONE"), root);
        List<Fact> facts =
        [
            new MessageFact(root, new UserId("U0P5"), AuthorKind.Person, Verdicts.None),
            new MessageFact(reply, new UserId("U0T1"), AuthorKind.Person, Verdicts.None),
            new ReactionFact(reply.AddSeconds(30), true, root, "heavy_check_mark", new UserId("U0P5"), false),
            new CorrectionFact(reply.AddSeconds(90), CorrectionKind.Reopen, new UserId("U0T2")),
        ];
        await _store.CommitAsync(new ChangeSet { Threads = [RandomThreads.Change(key, facts)], Now = root }, Ct);

        var detail = await _api.GetAsync<ThreadDetail>($"/v2/threads/C0ONE/{root}");

        Assert.That((detail.Thread.Status, detail.Thread.Turn, detail.Thread.Requester, detail.Thread.FirstResponse), Is.EqualTo(("responded", "team", "U0P5", 60)));
        Assert.That(detail.Thread.Text, Is.EqualTo($"text of {root}"));
        Assert.That(
            detail.Facts.Select(f => (f.Kind, f.By, f.Emoji, f.Says)),
            Is.EqualTo(new (string, string?, string?, string?)[] { ("message", "U0P5", null, null), ("message", "U0T1", null, null), ("reaction_added", "U0P5", "heavy_check_mark", null), ("correction", "U0T2", null, "reopen") }));
        Assert.That(detail.Facts[1].Text, Is.EqualTo($"text of {reply}"));
    }

    [Test]
    public async Task The_lines_of_an_export_are_the_requests_of_the_list()
    {
        var lines = (await _api.Client.GetStringAsync("/v2/threads.jsonl?label=access", Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var items = lines.Select(l => JsonSerializer.Deserialize<ThreadItem>(l, ApiJson.Options)!).ToList();

        var page = await _api.GetAsync<ThreadPage>("/v2/threads?label=access&sort=oldest&limit=200");
        Assert.That(items, Has.Count.EqualTo((await _api.GetAsync<Summary>("/v2/summary?label=access")).Numbers.Requests));
        Assert.That(lines.Take(page.Threads.Count), Is.EqualTo(page.Threads.Select(t => JsonSerializer.Serialize(t, ApiJson.Options))));
        var table = (await _api.Client.GetStringAsync("/v2/threads.csv?label=access", Ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(table, Has.Length.EqualTo(lines.Length + 1));
        Assert.That(table[0], Does.StartWith("channel,ts,at,status"));
        Assert.That(table[1], Does.StartWith($"{items[0].Channel},{items[0].Ts},"));
    }

    [Test]
    public async Task A_cell_is_never_a_formula_and_keeps_its_commas_and_lines()
    {
        var root = new Ts(1_760_000_000_000_000);
        var change = RandomThreads.Change(new ThreadKey(new ChannelId("C1"), root), [new MessageFact(root, new UserId("U0P5"), AuthorKind.Person, Verdicts.None)]);
        await _store.CommitAsync(new ChangeSet { Threads = [change with { Messages = [new StoredMessage(root, "=HYPERLINK(\"x\"),\nnext line")] }], Now = root }, Ct);

        Assert.That(await _api.Client.GetStringAsync("/v2/threads.csv?from=2025-10-01", Ct), Does.EndWith(",\"'=HYPERLINK(\"\"x\"\"),\nnext line\"\r\n"));
    }

    private static (string, string) Name(ThreadItem item) => (item.Channel, item.Ts);

    /// <summary>A list, page by page.</summary>
    private async Task<List<ThreadItem>> AllAsync(string question, Action<ThreadPage>? look = null)
    {
        List<ThreadItem> items = [];
        string? cursor = null;
        do
        {
            var page = await _api.GetAsync<ThreadPage>($"/v2/threads?{question}&limit=7{(cursor is null ? "" : "&cursor=" + cursor)}");
            look?.Invoke(page);
            items.AddRange(page.Threads);
            cursor = page.Next;
        }
        while (cursor is not null);
        return items;
    }
}
