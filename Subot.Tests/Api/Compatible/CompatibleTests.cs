using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Tests.Bot.Legacy;

namespace Subot.Tests.Api.Compatible;

/// <summary>Every request that was recorded of the first Subot's API is answered alike, or better for a reason that is listed.</summary>
public sealed class CompatibleTests
{
    private static readonly string[] s_lists = ["tools", "labels", "answers", "team"];

    private readonly List<string> _differences = [];
    private ApiDesk _desk = null!;

    /// <summary>The ids of this store, by those that were recorded.</summary>
    private readonly Dictionary<string, string> _ids = [];

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        _differences.Clear();
        _ids.Clear();
        _desk = await ApiDesk.StartAsync(Ct);
    }

    [TearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    private static IEnumerable<Recording> Empty => After("__empty");

    private static IEnumerable<Recording> Created => s_lists.SelectMany(list => Recording.All.Where(r => r.Name.StartsWith($"POST_v1_admin_{list}_new__created", StringComparison.Ordinal)));

    private static IEnumerable<Recording> Reads => Recording.All.Where(r => !IsChange(r) && !r.Name.EndsWith("__empty", StringComparison.Ordinal) && !r.Name.Contains("__after-", StringComparison.Ordinal));

    [Test]
    public async Task Empty_store_is_filled_with_settings_as_it_was_recorded()
    {
        await ReplayAsync(Empty);
        await ReplayAsync(Created);
        await ReplayAsync(s_lists.Select(list => Recording.Of($"GET_v1_{list}")));
        AssertAlike();
        Assert.That((await _desk.Store.SettingsAsync(Ct)).Written.Select(v => v.Author), Has.All.EqualTo("web:alice"));
    }

    [Test]
    public async Task What_was_imported_is_told_as_it_was_recorded()
    {
        await ImportAsync();
        await ReplayAsync(Reads);
        AssertAlike();
    }

    [Test]
    public async Task Changes_are_made_as_they_were_recorded()
    {
        await ImportAsync();
        KnowMessages();
        await ReplayAsync(Changes("POST"));
        await ReplayAsync(After("__after-posts"));
        await KnowListsAsync();
        await ReplayAsync(Changes("PUT"));
        await ReplayAsync(Changes("DELETE"));
        await ReplayAsync(After("__after-all"));
        await _desk.ApplyInboxAsync(Ct);
        await ReplayAsync(After("__after-all"));
        AssertAlike();
        Assert.That((await Check.RunAsync(_desk.Store, Ct)).Differences, Is.Empty);
    }

    [Test]
    public void No_recording_is_left_out()
    {
        Recording[] replayed = [.. Empty, .. Created, .. Reads, .. Changes("POST"), .. Changes("PUT"), .. Changes("DELETE"), .. After("__after-posts"), .. After("__after-all")];
        Assert.That(replayed.Select(r => r.Name), Is.EquivalentTo(Recording.All.Select(r => r.Name)));
        Assert.That(replayed, Has.Length.GreaterThan(150));
    }

    [Test]
    public async Task Correction_is_a_fact_with_an_author_and_what_was_before_is_kept()
    {
        await ImportAsync();
        var key = new ThreadKey(LegacyDesk.Support, Ts.Parse("1794473400.000134"));
        var before = await _desk.Store.LoadFactsAsync(key, Ct);
        var put = await _desk.SendAsync(HttpMethod.Put, $"/v1/admin/messages/{key}", """{"status":"fixed","tools":["vault","jenkins"]}""", Ct);
        Assert.That((put.Status, put.Text), Is.EqualTo((200, "{}")));
        Assert.That(await ToldAsync(key), Is.EqualTo(("fixed", "jenkins, vault", "build failure")), "at once");
        Assert.That((await StateAsync(key)).Status, Is.EqualTo(ThreadStatus.Responded), "the bot has not heard of it");

        await _desk.ApplyInboxAsync(Ct);
        Assert.That(await ToldAsync(key), Is.EqualTo(("fixed", "jenkins, vault", "build failure")));
        Assert.That((await StateAsync(key)).Status, Is.EqualTo(ThreadStatus.Fixed));
        var facts = await _desk.Store.LoadFactsAsync(key, Ct);
        Assert.That(facts.Except(before).Cast<CorrectionFact>().Select(c => (c.Correction, c.By.Value)), Is.EquivalentTo(new[] { (CorrectionKind.Retag, "web:alice"), (CorrectionKind.Solve, "web:alice") }));
        Assert.That(before, Is.SubsetOf(facts));

        await _desk.SendAsync(HttpMethod.Put, $"/v1/admin/messages/{key.Root}", """{"status":"responded","labels":[]}""", Ct);
        await _desk.SendAsync(HttpMethod.Put, $"/v1/admin/messages/{key.Root}", """{"status":"fixed"}""", Ct);
        await _desk.SendAsync(HttpMethod.Put, $"/v1/admin/messages/{key.Root}", """{"status":"responded"}""", Ct);
        await _desk.ApplyInboxAsync(Ct);
        Assert.That(await ToldAsync(key), Is.EqualTo(("responded", "jenkins, vault", "")), "each change counts, also while the one before it waits");
        Assert.That((await Check.RunAsync(_desk.Store, Ct)).Differences, Is.Empty);
    }

    [TestCase("""{"status":"unresponded"}""")]
    [TestCase("""{"tools":["no such tool"]}""")]
    public async Task What_cannot_be_is_refused_with_an_error_and_changes_nothing(string body)
    {
        await ImportAsync();
        var put = await _desk.SendAsync(HttpMethod.Put, "/v1/admin/messages/1794473400.000134", body, Ct);
        Assert.That(put.Status, Is.EqualTo(500));
        Assert.That(put.Json!["error"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(await _desk.Store.PeekAsync(10, Ct), Is.Empty);
    }

    [Test]
    public async Task Message_is_taken_out_and_comes_back()
    {
        await ImportAsync();
        var key = new ThreadKey(LegacyDesk.Support, Ts.Parse("1794473400.000134"));
        await _desk.SendAsync(HttpMethod.Delete, $"/v1/admin/messages/{key.Root}", null, Ct);
        await _desk.ApplyInboxAsync(Ct);
        Assert.That((await StateAsync(key)).Kind, Is.EqualTo(RootKind.Dismissed));
        await _desk.SendAsync(HttpMethod.Put, $"/v1/admin/messages/{key}", """{"type":"user"}""", Ct);
        await _desk.ApplyInboxAsync(Ct);
        Assert.That((await StateAsync(key)).Kind, Is.EqualTo(RootKind.Request));
    }

    private async Task ImportAsync() => await new LegacyDesk(_desk.Store, Ct) { Now = ApiDesk.Now }.ImportAsync(LegacyFiles.Read());

    private async Task<ProjectedThread> StateAsync(ThreadKey key) => (await _desk.Store.LoadAsync([key], Ct))[key].State;

    private async Task<(string Status, string Tools, string Labels)> ToldAsync(ThreadKey key)
    {
        var messages = (await _desk.GetAsync("/v1/analytics?start=2026-11-09&end=2026-11-14", Ct)).Json!["analytics"]!["messages"]!.AsArray();
        var message = messages.Single(m => m!["ts"]!.GetValue<string>() == key.Root.ToString())!;
        return (message["status"]!.GetValue<string>(), Names("tools"), Names("labels"));

        string Names(string list) => string.Join(", ", (message[list] as JsonArray ?? []).Select(n => n!.GetValue<string>()).Order());
    }

    private static bool IsChange(Recording recording) =>
        recording.Path.StartsWith("/v1/admin/", StringComparison.Ordinal) && recording.Status != 404;

    /// <summary>Those that come first decide what the others find.</summary>
    private static IEnumerable<Recording> Changes(string method) => Recording.All
        .Where(r => IsChange(r) && r.Method.Method == method && !r.Name.Contains("__created", StringComparison.Ordinal))
        .OrderBy(r => r.Name.EndsWith("__same-id-again", StringComparison.Ordinal) || r.Name.EndsWith("__twice", StringComparison.Ordinal)).ThenBy(r => r.Name, StringComparer.Ordinal);

    private static IEnumerable<Recording> After(string when) => Recording.All.Where(r => r.Name.EndsWith(when, StringComparison.Ordinal));

    private async Task ReplayAsync(IEnumerable<Recording> recordings)
    {
        foreach (var recording in recordings)
        {
            var place = recording.Path.LastIndexOf('/') + 1;
            // Messages were deleted by ts alone; the id of a document was none.
            var byTs = recording.Method == HttpMethod.Delete && recording.Path.Contains("/messages/", StringComparison.Ordinal);
            var path = !byTs && _ids.TryGetValue(recording.Path[place..], out var id) ? recording.Path[..place] + Uri.EscapeDataString(id) : recording.Path;
            _differences.AddRange(Comparison.Of(recording, await _desk.SendAsync(recording, path, Ct)).Select(d => $"{recording.Name}: {d}"));
        }
    }

    private void AssertAlike()
    {
        if (_differences.Count > 0)
            Assert.Fail($"{_differences.Count} differences:\n{string.Join('\n', _differences)}");
    }

    private void KnowMessages()
    {
        foreach (var message in Recording.Of("GET_v1_analytics__no-dates").Answer!["analytics"]!["messages"]!.AsArray())
            _ids[message!["id"]!.GetValue<string>()] = $"{LegacyDesk.Support}:{message["ts"]}";
    }

    private async Task KnowListsAsync()
    {
        foreach (var list in s_lists)
        {
            var here = (await _desk.GetAsync($"/v1/{list}", Ct)).Json!.AsArray().ToDictionary(i => WithoutId(i!), i => i!["id"]!.GetValue<string>());
            foreach (var recorded in Recording.Of($"GET_v1_{list}__after-posts").Answer!.AsArray())
            {
                if (here.TryGetValue(WithoutId(recorded!), out var id))
                    _ids[recorded!["id"]!.GetValue<string>()] = id;
            }
        }

        static string WithoutId(JsonNode item)
        {
            var copy = item.DeepClone().AsObject();
            copy.Remove("id");
            return copy.ToJsonString();
        }
    }
}
