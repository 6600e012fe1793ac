using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Threads;
using Subot.Api.Threads;
using Subot.Bot.Apply;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>What somebody says of a thread becomes a fact with their name, which the bot applies.</summary>
internal sealed class CorrectionTests
{
    private const string OwnOrigin = "http://localhost:0";
    private static readonly Ts s_begin = RandomThreads.At(2025, 5, 5);
    private static readonly ChannelId s_help = new("C1");
    private MemoryStore _store = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task Start()
    {
        _store = new MemoryStore();
        foreach (var version in RandomThreads.Settings.Written)
            await _store.AppendSettingsAsync(version, Ct);
        await _store.RecordChannelAsync(new ChannelRecord(s_help, "help", s_begin, s_begin), Ct);
        foreach (var second in Enumerable.Range(1, 3))
            await _store.CommitAsync(new ChangeSet { Threads = [RandomThreads.Change(Key(second), [new MessageFact(Key(second).Root, new UserId("U0P5"), AuthorKind.Person, Verdicts.None)])], Now = s_begin }, Ct);
        _api = await RunningApi.StartAsync(_store, asAdmin: true);
    }

    [TearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task What_is_said_is_answered_as_it_will_be_and_is_so_when_the_bot_has_applied_it()
    {
        var said = await SayAsync(1, """{"says":"solve"}""");

        Assert.That((said.Thread.Status, said.Facts[^1].Kind, said.Facts[^1].Says, said.Facts[^1].By), Is.EqualTo(("fixed", "correction", "solve", "web:Sample admin (sample-admin)")));
        Assert.That((await StateAsync(1)).Status, Is.EqualTo(ThreadStatus.Unresponded), "nobody but the bot writes threads");
        Assert.That((await _api.GetAsync<ThreadDetail>(PathOf(1))).Thread.Status, Is.EqualTo("fixed"), "who asks sees it at once");
        await ApplyAsync();
        Assert.That((await StateAsync(1)).Status, Is.EqualTo(ThreadStatus.Fixed));
        Assert.That(await _store.PeekAsync(10, Ct), Is.Empty);
    }

    [Test]
    public async Task What_the_bot_applies_while_a_thread_is_read_is_told()
    {
        await SayAsync(1, """{"says":"solve"}""");
        var reading = new ThreadReading(_store, new InboxAppliedMeanwhile(_store, ApplyAsync));

        var thread = await reading.FindAsync([Key(1)], RandomThreads.Settings, Ct);

        Assert.That(thread!.State.Status, Is.EqualTo(ThreadStatus.Fixed));
    }

    [Test]
    public async Task Each_correction_undoes_what_another_said()
    {
        Assert.That((await SayAsync(1, """{"says":"solve"}""")).Thread.Status, Is.EqualTo("fixed"));
        Assert.That((await SayAsync(1, """{"says":"reopen"}""")).Thread.Status, Is.EqualTo("unresponded"));
        Assert.That((await SayAsync(1, """{"says":"dismiss"}""")).Thread.Kind, Is.EqualTo("dismissed"));
        Assert.That((await SayAsync(1, """{"says":"restore"}""")).Thread.Kind, Is.EqualTo("request"));
        Assert.That((await SayAsync(1, $$"""{"says":"duplicate","of":"{{Key(2).Root}}"}""")).Thread.Kind, Is.EqualTo("dismissed"));
        Assert.That((await SayAsync(1, $$"""{"says":"duplicate","of":"{{Key(3).Root}}"}""")).Thread.Kind, Is.EqualTo("dismissed"));
        await ApplyAsync();
        Assert.That((await StateAsync(1)).DuplicateOf, Is.EqualTo(Key(3).Root));
        Assert.That((await SayAsync(1, """{"says":"restore"}""")).Thread.Kind, Is.EqualTo("request"));
        Assert.That((await SayAsync(1, """{"says":"snooze"}""")).Thread.Kind, Is.EqualTo("request"));
        await ApplyAsync();
        Assert.That((await StateAsync(1)).Snoozes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Tags_are_named_by_id_or_name_and_what_is_left_out_stays()
    {
        var said = await SayAsync(1, """{"says":"retag","tools":["GIT","ci"]}""");
        Assert.That((string.Join(' ', said.Thread.Tools), said.Thread.Labels.Count), Is.EqualTo(("ci git", 0)));
        Assert.That((string.Join(' ', said.Facts[^1].Tools!), said.Facts[^1].Labels!.Count), Is.EqualTo(("ci git", 0)));
        said = await SayAsync(1, """{"says":"retag","labels":["access"]}""");
        Assert.That((string.Join(' ', said.Thread.Tools), said.Thread.Labels.Single()), Is.EqualTo(("ci git", "access")));
        said = await SayAsync(1, """{"says":"retag","tools":[]}""");
        Assert.That((said.Thread.Tools.Count, said.Thread.Labels.Single()), Is.EqualTo((0, "access")));
    }

    [Test]
    public async Task The_body_that_the_document_shows_is_accepted()
    {
        var document = JsonNode.Parse(await _api.Client.GetStringAsync("/openapi/v2.json", Ct))!;
        var shown = document["paths"]!["/v2/threads/{channel}/{ts}/corrections"]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]!;

        Assert.That((await SayAsync(1, shown.ToJsonString())).Thread.Status, Is.EqualTo("fixed"));
    }

    [TestCase("""{"says":"reopen"}""", 409, "It is open already")]
    [TestCase("""{"says":"restore"}""", 409, "Nobody said")]
    [TestCase("""{"says":"duplicate","of":"1746403201.000000"}""", 409, "of itself")]
    [TestCase("""{"says":"duplicate","of":"1.000000"}""", 400, "of: there is no thread 1.000000")]
    [TestCase("""{"says":"duplicate"}""", 400, "of: say with 'duplicate'")]
    [TestCase("""{"says":"solve","tools":["git"]}""", 400, "say with 'retag'")]
    [TestCase("""{"says":"retag","tools":["gti"]}""", 400, "tools: there is no 'gti'; there are: ")]
    [TestCase("""{"says":"track"}""", 400, "there are: solve, reopen, dismiss, restore, snooze, duplicate, retag")]
    [TestCase("""{"says":"explode"}""", 400, "says: write one of solve, ")]
    [TestCase("""{"say":"solve"}""", 400, "did you mean 'says'?")]
    public async Task What_cannot_be_said_is_refused(string body, int status, string words)
    {
        using var answer = await PostAsync(PathOf(1), body, OwnOrigin);

        Assert.That(((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct)), Is.EqualTo((status, "")).Using<(int Status, string Text), (int Status, string Text)>((actual, expected) => actual.Status == expected.Status && Detail(actual.Text).Contains(words, StringComparison.Ordinal)));
        Assert.That(await _store.PeekAsync(10, Ct), Is.Empty);
    }

    [TestCase("/v2/threads/C1/1.000000", "There is no thread 1.000000 in C1.")]
    [TestCase("/v2/threads/nope/1.000000", "There is no channel 'nope'; there are: help.")]
    public async Task Nothing_is_said_of_what_is_not_there(string thread, string words)
    {
        using var answer = await PostAsync(thread, """{"says":"solve"}""", OwnOrigin);

        Assert.That((answer.StatusCode, Detail(await answer.Content.ReadAsStringAsync(Ct))), Is.EqualTo((HttpStatusCode.NotFound, words)));
        Assert.That(await _store.PeekAsync(10, Ct), Is.Empty);
    }

    [TestCase("Origin", "https://evil.example")]
    [TestCase("Origin", "null")]
    [TestCase("Referer", "https://evil.example/page")]
    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "none")]
    public async Task Nothing_is_said_from_the_page_of_somebody_else(string header, string value)
    {
        using var answer = await PostAsync(PathOf(1), """{"says":"solve"}""", value, header);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await _store.PeekAsync(10, Ct), Is.Empty);
    }

    [Test]
    public async Task What_is_no_browser_says_nothing_of_a_page_and_corrects_the_threads_of_the_demo()
    {
        using var answer = await PostAsync($"/v2/threads/help/{Key(1).Root}", """{"says":"solve"}""", null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(await _store.PeekAsync(10, Ct), Has.Count.EqualTo(1));
    }

    private static ThreadKey Key(int second) => new(s_help, s_begin.AddSeconds(second));

    private static string PathOf(int second) => $"/v2/threads/C1/{Key(second).Root}";

    private static string Detail(string problem) => JsonSerializer.Deserialize<Problem>(problem, ApiJson.Options)!.Detail;

    private async Task<ProjectedThread> StateAsync(int second) => (await _store.LoadAsync([Key(second)], Ct))[Key(second)].State;

    private async Task<ThreadDetail> SayAsync(int second, string body)
    {
        using var answer = await PostAsync(PathOf(second), body, OwnOrigin);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), text);
        return JsonSerializer.Deserialize<ThreadDetail>(text, ApiJson.Options)!;
    }

    private async Task<HttpResponseMessage> PostAsync(string thread, string body, string? page, string header = "Origin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, thread + "/corrections") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (page is not null)
            request.Headers.Add(header, page);
        return await _api.Client.SendAsync(request, Ct);
    }

    /// <summary>Applies what waits in the inbox, as a bot does.</summary>
    private async Task ApplyAsync()
    {
        var waiting = await _store.PeekAsync(100, Ct);
        await new ApplyBatch(_store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync(
            [.. waiting.Select(w => new Arrival(w.Item.Thread, w.Item.About, w.Item.Fact) { InboxId = w.Id })], RandomThreads.Settings, s_begin, Ct);
    }

    /// <summary>An inbox whose entries the bot applies just before they are looked at.</summary>
    private sealed class InboxAppliedMeanwhile(MemoryStore store, Func<Task> apply) : IInbox
    {
        public ValueTask PostAsync(IReadOnlyCollection<InboxItem> items, CancellationToken ct) => store.PostAsync(items, ct);

        public async ValueTask<IReadOnlyList<(long Id, InboxItem Item)>> PeekAsync(int limit, CancellationToken ct)
        {
            await apply();
            return await store.PeekAsync(limit, ct);
        }
    }
}
