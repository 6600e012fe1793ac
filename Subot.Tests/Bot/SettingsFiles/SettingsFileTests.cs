using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Hosting.SettingsFiles;
using Subot.Storage.Settings;
using Subot.Tests.Storage;

namespace Subot.Tests.Bot.SettingsFiles;

/// <summary>Settings that go out into a file and come in again.</summary>
public sealed class SettingsFileTests
{
    private static readonly TeamSettings s_present = new()
    {
        TimeZone = "Europe/Paris",
        Team = ["U0TIM"],
        TeamGroups = [KeyValuePair.Create("S0SUPPORT", ValueSet.Create(["U0GINA"]))],
        Tools = [new Tag("jenkins", "Jenkins", [new Pattern(PatternKind.Regex, "jenkins")])],
        Labels = [new Tag("down", "Down", [new Pattern(PatternKind.Word, "down")])],
        Answers = [new Answer("jenkins", "jenkins", null, "Jenkins restarts each night.\nWait a minute.") { MustMatch = ["jenkins?"] }],
        OnCall = new OnCallPlan { Topics = new Dictionary<string, string> { ["C0HELP"] = "U0TIM" }, Duties = [new Duty(Ts.Parse("1763884800.000000"), Ts.Max, "U0TIM")] },
    };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero));
    private MemoryStore _store = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _store = new MemoryStore();
        await _store.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, s_present, "environment") { WrittenAt = _time.GetUtcNow().AddDays(-3) }, default);
    }

    [TearDown]
    public async Task CloseAsync() => await _store.DisposeAsync();

    [Test]
    public void Any_settings_come_back_from_a_file_as_they_were()
    {
        var random = new RandomSettings(7);
        for (var i = 0; i < 500; i++)
        {
            var settings = random.Next();
            var yaml = SettingsYaml.WriteFile(settings);
            var (document, unreadable) = SettingsYaml.Read(yaml);
            Assert.That(unreadable, Is.Empty, yaml);
            var reader = new SettingsReader();
            var read = reader.Read(document!);
            Assert.That(reader.Problems, Is.Empty, yaml);
            Assert.That(read, Is.EqualTo(settings), yaml);
            Assert.That(SettingsFile.Over(document!, settings).Settings, Is.EqualTo(settings), yaml);
        }
    }

    [Test]
    public async Task What_was_exported_changes_nothing_however_the_settings_were_used_before()
    {
        var present = s_present with { OnCall = new OnCallPlan { Rota = new Rota { Period = RotaPeriod.Week, People = ["U0TIM"], First = new DateOnly(2026, 10, 5), HandOverMinute = 600 } } };
        await ImportAsync(SettingsYaml.WriteFile(present));
        Assert.That((await NowAsync()).IsInTeam(new UserId("U0GINA")), Is.True);
        await ImportAsync(SettingsYaml.WriteFile(present));
        Assert.That(await _store.NewestSettingsAsync(default), Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_exported_changes_nothing()
    {
        var import = await ImportAsync(SettingsYaml.WriteFile(s_present));
        Assert.That((import.Problems.Count, import.Difference.Count, await _store.NewestSettingsAsync(default)), Is.EqualTo((0, 0, 1)));
    }

    [Test]
    public async Task A_file_is_the_whole_but_nothing_that_has_numbers_or_follows_Slack_is_lost()
    {
        var import = await ImportAsync("team: [U0TINA]\nteam_groups:\n  S0SUPPORT:\n");
        var now = await NowAsync();
        Assert.That(import.Problems, Is.Empty);
        Assert.That((now.TimeZone, now.Team, now.TeamGroups["S0SUPPORT"]), Is.EqualTo(("UTC", ValueSet.Create(["U0TINA"]), ValueSet.Create(["U0GINA"]))));
        Assert.That((now.Tools.Single(), now.Labels.Single(), now.Answers.Single()),
            Is.EqualTo((s_present.Tools[0] with { Archived = true }, s_present.Labels[0] with { Archived = true }, s_present.Answers[0] with { Archived = true })));
        Assert.That(now.OnCall, Is.EqualTo(s_present.OnCall));
    }

    [Test]
    public async Task What_the_file_says_of_topics_duties_and_groups_counts()
    {
        await ImportAsync("team_groups: {}\non_call:\n  topics: {}\n  duties: []\n");
        var now = await NowAsync();
        Assert.That((now.TeamGroups.Count, now.OnCall), Is.EqualTo((0, OnCallPlan.Empty)));
    }

    [Test]
    public async Task What_was_archived_comes_back_under_its_id()
    {
        await ImportAsync("language: en\n");
        await ImportAsync("tools:\n  - name: Jenkins\n    regex: [hudson]\n");
        Assert.That((await NowAsync()).Tools.Single(), Is.EqualTo(new Tag("jenkins", "Jenkins", [new Pattern(PatternKind.Regex, "hudson")])));
    }

    [Test]
    public async Task Everything_that_is_wrong_is_told_at_once_and_nothing_is_written()
    {
        var import = await ImportAsync("""
            time_zone: Europe/Atlantis
            response_target: soon
            team: [ann]
            tools:
              - name: Jenkins
                regex: ['(']
            reports:
              weekly: every friday
            reminders:
              limit: 99
            templates:
              thanks: "Thanks {nobody}"
              thx: "Thanks"
              welcome:
            """);
        string[] places = ["Europe/Atlantis", "response_target", "'ann' is no user id", "pattern that cannot be used", "every friday", "reminders.limit", "{nobody}", "'thx'", "templates.welcome"];
        foreach (var place in places)
            Assert.That(import.Problems, Has.Some.Contains(place));
        Assert.That(await _store.NewestSettingsAsync(default), Is.EqualTo(1));
    }

    [TestCase("team: [U0ANN\nlanguage: en\n", 1)]
    [TestCase("language: en\nlanguage: fr\n", 2)]
    [TestCase("language: en\ncolour: red\n", 2)]
    [TestCase("reminders:\n  limit: many\n", 2)]
    [TestCase("team:\n  - U0ANN\n  -\n", 3)]
    public async Task Where_the_file_cannot_be_read_the_line_is_told(string yaml, int line)
    {
        var import = await ImportAsync(yaml);
        Assert.That(import.Problems, Has.Count.EqualTo(1));
        Assert.That(import.Problems[0], Does.StartWith($"line {line}"));
        Assert.That(await _store.NewestSettingsAsync(default), Is.EqualTo(1));
    }

    [Test]
    public async Task Keys_that_no_setting_has_are_all_told_with_what_may_be_meant()
    {
        var import = await ImportAsync("""
            time_zne: Europe/Paris
            tools:
              - name: Git
                regexp: [git]
            on_call:
              rota:
                evry: week
            channel_calendars:
              C0HELP:
                holidays: []
            colour: red
            """);
        string[] told =
        [
            "line 1: there is no setting 'time_zne'; did you mean 'time_zone'?",
            "line 4: there is no setting 'tools.regexp'; did you mean 'regex'?",
            "line 7: there is no setting 'on_call.rota.evry'; did you mean 'every'?",
            "line 10: there is no setting 'channel_calendars.C0HELP.holidays'; there are: exceptions, time_zone, working_hours.",
        ];
        Assert.That(import.Problems.Take(4), Is.EqualTo(told));
        Assert.That(import.Problems, Has.Count.EqualTo(5).And.Some.StartsWith("line 11: there is no setting 'colour'; there are: "));
    }

    [Test]
    public async Task An_empty_file_is_no_settings() =>
        Assert.That((await ImportAsync("# nothing\n")).Problems, Is.EqualTo(["The file is empty."]));

    [Test]
    public async Task A_dry_run_tells_the_difference_and_writes_nothing()
    {
        var yaml = SettingsYaml.WriteFile(s_present with { Language = "fr", Tools = [s_present.Tools[0] with { Name = "Jenkins CI" }] });
        var import = await SettingsImport.RunAsync(_store, yaml, "ann", dryRun: true, _time, default);
        Assert.That(import.Difference, Is.EqualTo(["  tools:", "    - id: jenkins", "-     name: Jenkins", "+     name: Jenkins CI", "- language: en", "+ language: fr"]));
        Assert.That(await _store.NewestSettingsAsync(default), Is.EqualTo(1));
    }

    [Test]
    public async Task The_log_tells_who_changed_what()
    {
        await ImportAsync(SettingsYaml.WriteFile(s_present with { Language = "fr" }), "ann");
        Assert.That(SettingsLog.Lines(await _store.SettingsAsync(default), 1), Is.EqualTo(
            ["version 2, 2026-10-05 14:00:00 Europe/Paris, by ann, valid from 2026-10-05 14:00:00", "  - language: en", "  + language: fr"]));
        Assert.That(SettingsLog.Lines(await _store.SettingsAsync(default), 10).Where(l => l.StartsWith("version", StringComparison.Ordinal)).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_first_import_into_an_empty_store_was_always_valid()
    {
        await using var empty = new MemoryStore();
        await SettingsImport.RunAsync(empty, "team: [U0TINA]\n", "ann", dryRun: false, _time, default);
        Assert.That((await empty.SettingsAsync(default)).At(Ts.Zero).Settings.Team, Is.EqualTo(["U0TINA"]));
    }

    [Test]
    public void Texts_of_several_lines_stand_in_the_file_line_by_line() =>
        Assert.That(SettingsYaml.Write(s_present), Does.Contain("    text: |-\n      Jenkins restarts each night.\n      Wait a minute.\n"));

    [TestCase("a\nb\nc", "a\nb\nc", "")]
    [TestCase("a\nb\nc", "a\nc", "- b")]
    [TestCase("x:\n  - a\n  - b", "x:\n  - a\n  - c", "  x:|-   - b|+   - c")]
    [TestCase("", "a", "+ a")]
    public void A_difference_is_what_went_and_came_and_where(string before, string after, string lines) =>
        Assert.That(string.Join('|', LineDifference.Of(before, after)), Is.EqualTo(lines));

    private Task<SettingsImport> ImportAsync(string yaml, string author = "test") =>
        SettingsImport.RunAsync(_store, yaml, author, dryRun: false, _time, default);

    private async Task<TeamSettings> NowAsync() => (await _store.SettingsAsync(default)).At(Ts.From(_time.GetUtcNow())).Settings;
}
