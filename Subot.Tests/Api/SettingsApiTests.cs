using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Subot.Api.Contracts;
using Subot.Api.Contracts.Numbers;
using Subot.Api.Contracts.Settings;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Settings;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>Settings are read and written whole, and nobody's change is lost.</summary>
internal sealed class SettingsApiTests
{
    // As the API knows its own address while it listens on any free port.
    private const string OwnOrigin = "http://localhost:0";
    private static readonly string[] s_frenchNow = ["- language: en", "+ language: fr"];
    private static readonly string[] s_ann = ["U0ANN"];
    private static readonly string[] s_slots = ["09:00-12:00", "13:00-18:00"];
    private static readonly string[] s_emptyItems = ["exceptions.2026-12-24[0] is empty.", "team[1] is empty.", "tools[0].words[0] is empty.", "tools[1] is empty."];
    private static readonly string[] s_changed = ["02 09:00-12:00", "02 13:00-18:00", "03 08:00-09:00"];
    private static readonly string[] s_leftOutWithin = ["reminders.limit", "on_call.rota.first", "on_call.group"];
    private MemoryStore _store = null!;
    private RunningApi _api = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task Start()
    {
        _store = new MemoryStore();
        await _store.AppendSettingsAsync(
            new SettingsVersion(1, Ts.Zero, new TeamSettings { TimeZone = "Europe/Paris", Team = ["U0ANN"], Tools = [new Tag("git", "Git", [])], OnCall = new OnCallPlan { Topics = new Dictionary<string, string> { ["C1"] = "U0ANN" } } }, "test"),
            Ct);
        await _store.RecordChannelAsync(new ChannelRecord(new("C1"), "help", Ts.Zero, Ts.Zero), Ct);
        _api = await RunningApi.StartAsync(_store, asAdmin: true);
    }

    [TearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task Settings_that_were_read_and_written_back_are_a_new_version_with_its_author()
    {
        var (tag, settings) = await ReadAsync();
        settings["language"] = "fr";

        using var answer = await WriteAsync(settings, tag);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent), await answer.Content.ReadAsStringAsync(Ct));
        Assert.That(answer.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
        var history = await _store.SettingsAsync(Ct);
        Assert.That((history.Latest.Settings.Language, history.Latest.Author, history.Latest.Settings.Tools.Count), Is.EqualTo(("fr", "web:Sample admin (sample-admin)", 1)));
        var entry = (await _api.GetAsync<SettingsEntry[]>("/v2/settings/log?limit=1")).Single();
        Assert.That(entry.Changes, Is.EqualTo(s_frenchNow));
        Assert.That((entry.Number, entry.Author), Is.EqualTo((2, "web:Sample admin (sample-admin)")));
    }

    [Test]
    public async Task A_change_on_top_of_older_settings_is_refused()
    {
        var (tag, settings) = await ReadAsync();
        using var first = await WriteAsync(With(settings, "language", "fr"), tag);

        using var second = await WriteAsync(With(settings, "time_zone", "Europe/Rome"), tag);

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.PreconditionFailed)));
        Assert.That((await _store.SettingsAsync(Ct)).Latest.Settings, Has.Property(nameof(TeamSettings.TimeZone)).EqualTo("Europe/Paris"));
    }

    [Test]
    public async Task Without_the_tag_of_what_was_read_nothing_is_written()
    {
        var (_, settings) = await ReadAsync();
        using var answer = await WriteAsync(settings, null);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionRequired));
        Assert.That(await _store.NewestSettingsAsync(Ct), Is.EqualTo(1));
    }

    [TestCase("*", "If-Match: '*' is no ETag of the settings. Send the one that GET /v2/settings answered with")]
    [TestCase("\"1\", \"2\"", "is no ETag of the settings")]
    [TestCase("W/\"0\"", "Somebody else has changed the settings")]
    public async Task What_is_no_tag_is_not_taken_for_an_older_one(string tag, string words)
    {
        var (_, settings) = await ReadAsync();
        using var answer = await WriteAsync(settings, tag);
        Assert.That((await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, Ct))!.Detail, Does.Contain(words));
        Assert.That(await _store.NewestSettingsAsync(Ct), Is.EqualTo(1));
    }

    [Test]
    public async Task All_that_is_wrong_with_settings_is_told_at_once_and_nothing_is_written()
    {
        var (tag, settings) = await ReadAsync();
        settings["time_zone"] = "Mars/Olympus";
        settings["team"] = new JsonArray("ann");
        settings["templates"] = new JsonObject { ["thanks"] = "Thanks!" };

        using var answer = await WriteAsync(settings, tag);

        var problem = (await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, Ct))!;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.Errors, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(problem.Detail, Does.Contain("Mars/Olympus").And.Contain("'ann' is no user id").And.Contain("settings import"));
        Assert.That(await _store.NewestSettingsAsync(Ct), Is.EqualTo(1));
    }

    [Test]
    public async Task A_part_of_the_settings_does_not_take_the_place_of_all_of_them()
    {
        var (tag, settings) = await ReadAsync();
        settings.Remove("tools");
        settings["team"] = null;

        using var answer = await WriteAsync(settings, tag);

        var problem = (await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, Ct))!;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.Errors.Single(), Does.StartWith("Left out or null, and set now: team, tools. Send all"));
        Assert.That(await _store.NewestSettingsAsync(Ct), Is.EqualTo(1));
    }

    [Test]
    public async Task Nor_does_a_part_of_an_object_but_null_says_that_there_is_to_be_none()
    {
        var rota = new Rota { Period = RotaPeriod.Week, People = ["U0ANN"], First = new DateOnly(2026, 10, 5), HandOverMinute = 600 };
        await _store.AppendSettingsAsync(new SettingsVersion(2, Ts.Zero, new TeamSettings { Team = ["U0ANN"], OnCall = new OnCallPlan { Rota = rota }, OnCallGroup = "S0ONCALL" }, "test"), Ct);
        var (tag, settings) = await ReadAsync();
        settings["reminders"] = new JsonObject { ["after"] = "2h" };
        settings["on_call"]!["rota"]!.AsObject().Remove("first");
        settings["on_call"]!.AsObject().Remove("group");

        using var answer = await WriteAsync(settings, tag);

        var problem = (await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, Ct))!;
        foreach (var name in s_leftOutWithin)
            Assert.That(problem.Errors.Single(), Does.Contain(name));

        (tag, settings) = await ReadAsync();
        settings["on_call"]!["rota"] = null;
        settings["on_call"]!["group"] = null;
        using var none = await WriteAsync(settings, tag);
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NoContent), await none.Content.ReadAsStringAsync(Ct));
        var latest = (await _store.SettingsAsync(Ct)).Latest.Settings;
        Assert.That((latest.OnCall.Rota, latest.OnCallGroup), Is.EqualTo(((Rota?)null, (string?)null)));
    }

    [Test]
    public async Task Settings_that_were_read_before_another_setting_was_first_made_are_outdated_not_in_part()
    {
        var (tag, settings) = await ReadAsync();
        using var first = await WriteAsync(With(settings, "labels", new JsonArray(new JsonObject { ["name"] = "Access" })), tag);

        using var second = await WriteAsync(With(settings, "language", "fr"), tag);

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.PreconditionFailed)));
    }

    [TestCase("solved_emoji", """["not an emoji"]""", "solved_emoji: 'not an emoji' is no name of an emoji")]
    [TestCase("on_call", """{"group":"oncall","topics":{}}""", "on_call.group: 'oncall' is no id of a user group")]
    [TestCase("channel_calendars", """{"help":{"time_zone":"UTC","working_hours":"Mon-Fri 09:00-17:00"}}""", "channel_calendars: 'help' is no channel id")]
    public async Task What_nobody_in_Slack_has_is_refused(string key, string value, string words)
    {
        var (tag, settings) = await ReadAsync();
        using var answer = await WriteAsync(With(settings, key, JsonNode.Parse(value)!), tag);
        Assert.That((await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, Ct))!.Errors, Has.Some.StartsWith(words));
    }

    [Test]
    public async Task The_calendar_changes_within_a_period_when_the_settings_did()
    {
        var from = Ts.From(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero));
        await _store.AppendSettingsAsync(new SettingsVersion(2, from, new TeamSettings { TimeZone = "UTC", WorkingHours = WorkingHours.Parse("Mon-Fri 08:00-09:00") }, "test"), Ct);

        var slots = await _api.GetAsync<WorkingSlots>("/v2/calendar?channel=help&from=2026-03-02&to=2026-03-04");

        Assert.That(slots.Slots.Select(s => $"{s.From:dd HH:mm}-{s.To:HH:mm}"), Is.EqualTo(s_changed), "in UTC");
        Assert.That(slots.TimeZone, Is.EqualTo("UTC"));
    }

    [Test]
    public async Task Hours_of_a_day_that_overlap_are_refused()
    {
        var (tag, settings) = await ReadAsync();
        using var answer = await WriteAsync(With(settings, "exceptions", new JsonObject { ["2026-12-24"] = new JsonArray("11:00-13:00", "09:00-12:00") }), tag);
        Assert.That((await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, Ct))!.Errors, Has.One.StartsWith("exceptions: on 2026-12-24 09:00-12:00 and 11:00-13:00 overlap"));
    }

    [Test]
    public async Task What_is_to_be_empty_is_sent_empty()
    {
        var (tag, settings) = await ReadAsync();
        settings["tools"] = new JsonArray();
        settings["team"] = new JsonArray();

        using var answer = await WriteAsync(settings, tag);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent), await answer.Content.ReadAsStringAsync(Ct));
        var latest = (await _store.SettingsAsync(Ct)).Latest.Settings;
        Assert.That((latest.Team.Count, latest.Tools.Single().Archived), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task Empty_entries_of_lists_are_told_with_their_places()
    {
        var (tag, settings) = await ReadAsync();
        settings["team"] = new JsonArray("U0ANN", null);
        settings["tools"] = new JsonArray(new JsonObject { ["name"] = "Git", ["words"] = new JsonArray((JsonNode?)null) }, null);
        settings["exceptions"] = new JsonObject { ["2026-12-24"] = new JsonArray((JsonNode?)null) };

        using var answer = await WriteAsync(settings, tag);

        var problem = (await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, Ct))!;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.Errors, Is.EquivalentTo(s_emptyItems));
    }

    [Test]
    public async Task A_key_that_no_setting_has_is_refused()
    {
        var (tag, settings) = await ReadAsync();
        settings["langage"] = "fr";
        using var answer = await WriteAsync(settings, tag);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, Ct))!.Errors.Single(), Is.EqualTo("There is no field 'langage'; did you mean 'language'?"));
    }

    [Test]
    public async Task A_page_of_others_changes_nothing_even_in_the_demo()
    {
        var (tag, settings) = await ReadAsync();
        using var answer = await WriteAsync(settings, tag, "https://evil.example");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Who_is_on_call_and_when_the_team_works_follow_from_the_settings()
    {
        var shifts = await _api.GetAsync<OnCallShifts>("/v2/oncall?channel=help&from=2026-03-01&to=2026-03-08");
        Assert.That(shifts.Shifts.Select(s => s.User), Is.EqualTo(s_ann));

        var slots = await _api.GetAsync<WorkingSlots>("/v2/calendar?channel=help&from=2026-03-02&to=2026-03-03");
        Assert.That(slots.Slots.Select(s => $"{s.From:HH:mm}-{s.To:HH:mm}"), Is.EqualTo(s_slots), "in UTC");
    }

    [Test]
    public async Task An_admin_sees_numbers_by_person() =>
        Assert.That((await _api.GetAsync<Breakdown>("/v2/breakdown/requester")).Parts, Is.Empty);

    private static JsonObject With(JsonObject settings, string key, JsonNode value)
    {
        var changed = settings.DeepClone().AsObject();
        changed[key] = value;
        return changed;
    }

    private async Task<(string Tag, JsonObject Settings)> ReadAsync()
    {
        using var answer = await _api.Client.GetAsync("/v2/settings", Ct);
        return (answer.Headers.ETag!.Tag, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!.AsObject());
    }

    private async Task<HttpResponseMessage> WriteAsync(JsonObject settings, string? tag, string origin = OwnOrigin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v2/settings") { Content = JsonContent.Create(settings) };
        request.Headers.Add("Origin", origin);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await _api.Client.SendAsync(request, Ct);
    }
}
