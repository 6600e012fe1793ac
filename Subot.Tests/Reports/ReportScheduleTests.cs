using NUnit.Framework;
using Subot.Bot.Reports;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Tests.Storage;

namespace Subot.Tests.Reports;

/// <summary>When a report is due.</summary>
public sealed class ReportScheduleTests
{
    private static readonly ChannelId s_help = new("C0HELP");

    [TestCase("Europe/Paris", "2026-03-16", "0 19 * * 5", "2026-03-20T18:00Z 2026-03-27T18:00Z 2026-04-03T17:00Z", TestName = "Fridays_in_Paris_when_the_clock_is_put_forward")]
    [TestCase("Europe/Paris", "2026-10-19", "0 19 * * 5", "2026-10-23T17:00Z 2026-10-30T18:00Z 2026-11-06T18:00Z", TestName = "Fridays_in_Paris_when_the_clock_is_put_back")]
    [TestCase("America/New_York", "2026-10-26", "30 1 * * 0", "2026-11-01T05:30Z 2026-11-08T06:30Z 2026-11-15T06:30Z", TestName = "Hour_that_comes_twice_has_one_report")]
    [TestCase("America/New_York", "2026-03-02", "30 2 * * 0", "2026-03-08T07:00Z 2026-03-15T06:30Z 2026-03-22T06:30Z", TestName = "Hour_that_the_clock_jumps_over_has_its_report_after_the_jump")]
    public async Task Report_is_due_once_a_week_at_its_local_time(string zone, string start, string cron, string expected)
    {
        var history = History((start + "T00:00Z", new ReportSettings { Weekly = cron }), zone);
        var created = await CreatedAsync(history, At(start + "T00:00Z"), days: 21);
        Assert.That(created.Select(c => c.At), Is.EqualTo(expected.Split(' ').Select(At)));
    }

    [Test]
    public async Task Weeks_and_months_have_reports_of_their_own()
    {
        var history = History(("2026-03-30T00:00Z", new ReportSettings { Weekly = "0 9 * * 3", Monthly = "0 9 1 * *" }));
        var created = await CreatedAsync(history, At("2026-03-30T00:00Z"), days: 3);
        Assert.That(created.Select(c => c.Id), Is.EqualTo(["report:monthly:C0HELP:2026-04-01", "report:weekly:C0HELP:2026-04-01"]));
    }

    [Test]
    public void Report_is_due_until_the_next_one_is()
    {
        var due = ReportSchedule.Due(ReportJob.Weekly, s_help, History(("2026-03-01T00:00Z", new ReportSettings())), At("2026-03-17T12:00Z"))!;
        Assert.That((due.Detail, due.NotAfter), Is.EqualTo(($"weekly:{At("2026-03-13T19:00Z")}", At("2026-03-20T19:00Z"))));
    }

    [TestCase("2026-03-13T18:59Z", "2026-03-13T19:00Z", true)]
    [TestCase("2026-03-13T19:01Z", "2026-03-14T08:00Z", false)]
    public void No_report_is_due_for_an_hour_before_the_bots_first_start(string firstStart, string now, bool isDue) =>
        Assert.That(ReportSchedule.Due(ReportJob.Weekly, s_help, History((firstStart, new ReportSettings())), At(now)) is not null, Is.EqualTo(isDue));

    [Test]
    public void No_report_is_due_for_an_hour_of_a_new_time_before_it_was_set()
    {
        var history = History(("2026-03-01T00:00Z", new ReportSettings()), ("2026-03-18T12:00Z", new ReportSettings { Weekly = "0 9 * * 1" }));
        Assert.That(ReportSchedule.Due(ReportJob.Weekly, s_help, history, At("2026-03-18T12:00Z")), Is.Null);
        Assert.That(ReportSchedule.Due(ReportJob.Weekly, s_help, history, At("2026-03-23T09:00Z"))?.Id, Is.EqualTo("report:weekly:C0HELP:2026-03-23"));
    }

    [Test]
    public void Change_of_other_settings_loses_no_report()
    {
        var history = History(("2026-03-01T00:00Z", new ReportSettings()), ("2026-03-13T19:30Z", new ReportSettings { Dashboard = "https://subot.example.org/" }));
        Assert.That(ReportSchedule.Due(ReportJob.Weekly, s_help, history, At("2026-03-13T20:00Z")), Is.Not.Null);
    }

    [TestCase(null)]
    [TestCase("now and then")]
    public void Without_a_cron_expression_no_report_is_due(string? cron) =>
        Assert.That(ReportSchedule.Due(ReportJob.Weekly, s_help, History(("2026-03-01T00:00Z", new ReportSettings { Weekly = cron })), At("2026-03-17T12:00Z")), Is.Null);

    private static SettingsHistory History((string Since, ReportSettings Reports) first, string zone) => History(zone, first);

    private static SettingsHistory History(params (string Since, ReportSettings Reports)[] versions) => History("UTC", versions);

    private static SettingsHistory History(string zone, params (string Since, ReportSettings Reports)[] versions) => new(versions.Select((v, i) => new SettingsVersion(
        i + 1, i == 0 ? Ts.Zero : At(v.Since), new TeamSettings { TimeZone = zone, Reports = v.Reports }, "test") { WrittenAt = At(v.Since).ToDateTimeOffset() }));

    /// <summary>The reports that are created while somebody looks every five minutes, and when.</summary>
    private static async Task<List<(string Id, Ts At)>> CreatedAsync(SettingsHistory history, Ts from, int days)
    {
        await using var store = new MemoryStore();
        var schedule = new ReportSchedule(store, new CurrentSettings(history));
        for (var now = from; now < from.AddSeconds(days * 86_400); now = now.AddSeconds(300))
            await schedule.RunAsync(s_help, now, default);
        var created = new List<(string, Ts)>();
        await foreach (var action in store.ReadActionsAsync(default))
            created.Add((action.Action.Id, action.NextTry));
        return created;
    }

    private static Ts At(string text) => Ts.From(DateTimeOffset.Parse(text));
}
