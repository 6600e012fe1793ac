using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Privacy;
using Subot.Bot.Apply;
using Subot.Bot.Privacy;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Storage.Privacy;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>Admins ask for people and texts to be forgotten; the bot does it.</summary>
internal sealed class PrivacyApiTests
{
    // As the API knows its own address while it listens on any free port.
    private const string OwnOrigin = "http://localhost:0";
    private static readonly ChannelId s_help = new("C1");
    private static readonly UserId s_ann = new("U0ANN");
    private static readonly Ts s_asked = Ts.From(new DateTimeOffset(2026, 11, 2, 10, 0, 0, TimeSpan.Zero));
    private MemoryStore _store = null!;
    private FakeTimeProvider _time = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task Start()
    {
        _store = new MemoryStore();
        await _store.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, new TeamSettings { Team = ["U0TIM"] }, "test"), Ct);
        await _store.RecordChannelAsync(new ChannelRecord(s_help, "help", s_asked.AddSeconds(900), s_asked), Ct);
        await _store.RecordPeopleAsync([new Person(s_ann, s_asked) { RealName = "Ann Example" }], Ct);
        var message = new MessageFact(s_asked, s_ann, AuthorKind.Person, Verdicts.None);
        await new ApplyBatch(_store, ReplyPolicy.None, Forgetting.Nothing).ApplyAsync(
            [new Arrival(new ThreadKey(s_help, s_asked), new MessageKey(s_help, s_asked), message) { Text = "the printer is on fire" }], await _store.SettingsAsync(Ct), s_asked, Ct);
        _api = await RunningApi.StartAsync(_store, _time = new FakeTimeProvider(s_asked.AddSeconds(1000).ToDateTimeOffset()), asAdmin: true);
    }

    [TearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task A_dry_run_tells_what_would_be_forgotten()
    {
        var preview = await AskAsync<ForgetPreview>(new ForgetWish("U0ANN", null, DryRun: true), HttpStatusCode.OK);
        Assert.That((preview.Name, preview.Threads, preview.Messages, preview.Texts, preview.Named), Is.EqualTo(("Ann Example", 1, 1, 1, Array.Empty<NamedThread>())));
        preview = await AskAsync<ForgetPreview>(new ForgetWish(null, s_asked.AddSeconds(1).ToDateTimeOffset(), DryRun: true), HttpStatusCode.OK);
        Assert.That((preview.Name, preview.Texts), Is.EqualTo(((string?)null, 1)));
        Assert.That(await _api.GetAsync<ForgetEntry[]>("/v2/forgetting"), Is.Empty);
    }

    [Test]
    public async Task What_was_asked_stands_in_the_log_until_the_bot_has_done_it_and_after()
    {
        var asked = await AskAsync<ForgetEntry>(new ForgetWish("U0ANN", null, DryRun: false), HttpStatusCode.Accepted);
        Assert.That((await _api.GetAsync<ForgetEntry[]>("/v2/forgetting")).Single(), Is.EqualTo(asked));
        Assert.That((asked.Author, asked.DoneAt), Is.EqualTo(("web:Sample admin (sample-admin)", (DateTimeOffset?)null)));

        await new PrivacyExecution(_store, TimeProvider.System).RunAsync((await _store.PrivacyRequestsAsync(Ct)).Single(), Ct);

        var done = (await _api.GetAsync<ForgetEntry[]>("/v2/forgetting")).Single();
        Assert.That((done.Id, done.Pseudonym, done.Threads, done.Texts, done.DoneAt is null), Is.EqualTo((asked.Id, asked.Pseudonym, 1, 1, false)));
        foreach (var path in new[] { "/v2/threads.csv?channel=help&from=2026-11-01&to=2026-12-01", "/v2/threads.jsonl?channel=help&from=2026-11-01&to=2026-12-01", $"/v2/threads/C1/{s_asked}", "/v2/settings/log" })
        {
            var text = await _api.Client.GetStringAsync(path, Ct);
            Assert.That(text, Does.Not.Contain("U0ANN").And.Not.Contain("Ann Example").And.Not.Contain("printer"), path);
        }

        Assert.That(await _api.Client.GetStringAsync("/v2/threads.csv?channel=help&from=2026-11-01&to=2026-12-01", Ct), Does.Contain(asked.Pseudonym!), "the request is there");
    }

    [Test]
    public async Task Settings_that_are_rewritten_are_told_within_two_seconds()
    {
        Assert.That((await _api.GetAsync<System.Text.Json.JsonElement>("/v2/settings")).GetProperty("team")[0].GetString(), Is.EqualTo("U0TIM"));
        var asked = await AskAsync<ForgetEntry>(new ForgetWish("U0TIM", null, DryRun: false), HttpStatusCode.Accepted);
        await new PrivacyExecution(_store, TimeProvider.System).RunAsync((await _store.PrivacyRequestsAsync(Ct)).Single(), Ct);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.That((await _api.GetAsync<System.Text.Json.JsonElement>("/v2/settings")).GetProperty("team")[0].GetString(), Is.EqualTo(asked.Pseudonym));
    }

    [TestCase("""{"dry_run":true}""", "either person")]
    [TestCase("""{"person":"U0ANN","texts_before":"2026-01-01T00:00:00Z"}""", "either person")]
    [TestCase("""{"person":"ann"}""", "no user id")]
    [TestCase("""{"texts_before":"yesterday"}""", "texts_before: write an instant")]
    public async Task A_wish_that_is_none_is_refused_and_nothing_forgotten(string wish, string why)
    {
        using var content = new StringContent(wish, System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/forgetting") { Content = content, Headers = { { "Origin", OwnOrigin } } };
        using var answer = await _api.Client.SendAsync(request, Ct);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(Ct), Does.Contain(why));
        Assert.That(await _store.PrivacyRequestsAsync(Ct), Is.Empty);
    }

    private async Task<T> AskAsync<T>(ForgetWish wish, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/forgetting") { Content = JsonContent.Create(wish, options: ApiJson.Options), Headers = { { "Origin", OwnOrigin } } };
        using var answer = await _api.Client.SendAsync(request, Ct);
        Assert.That(answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, Ct))!;
    }
}
