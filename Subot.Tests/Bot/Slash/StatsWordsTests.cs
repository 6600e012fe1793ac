using NUnit.Framework;
using Subot.Bot.Slash;
using Subot.Domain.Settings;
using Subot.Hosting;

namespace Subot.Tests.Bot.Slash;

/// <summary>Periods and names behind <c>stats</c>, and the words that somebody may have meant.</summary>
public sealed class StatsWordsTests
{
    // A Monday.
    private static readonly DateOnly s_today = new(2026, 10, 5);

    private static readonly TeamSettings s_settings = new()
    {
        Tools = [new Tag("old", "Jenkins", [], Archived: true), new Tag("jenkins", "Jenkins", []), new Tag("jenkins-ci", "Jenkins CI", [])],
        Labels = [new Tag("down", "Down", [])],
    };

    [TestCase("7d", "2026-09-29", "2026-10-05")]
    [TestCase("1d", "2026-10-05", "2026-10-05")]
    [TestCase("today", "2026-10-05", "2026-10-05")]
    [TestCase("Yesterday", "2026-10-04", "2026-10-04")]
    [TestCase("week", "2026-10-05", "2026-10-05")]
    [TestCase("lastweek", "2026-09-28", "2026-10-04")]
    [TestCase("month", "2026-10-01", "2026-10-05")]
    [TestCase("last week", "2026-09-28", "2026-10-04")]
    [TestCase("Last Month", "2026-09-01", "2026-09-30")]
    [TestCase("lastmonth", "2026-09-01", "2026-09-30")]
    [TestCase("2026-02", "2026-02-01", "2026-02-28")]
    [TestCase("2026-02-28", "2026-02-28", "2026-02-28")]
    [TestCase("2026-10-01..2026-10-07", "2026-10-01", "2026-10-07")]
    public void A_period_is_its_first_and_its_last_day(string word, string first, string last)
    {
        var period = StatsPeriod.Parse(word, s_today)!;
        Assert.That($"{period.First:yyyy-MM-dd} {period.Last:yyyy-MM-dd}", Is.EqualTo($"{first} {last}"));
    }

    [TestCase("0d")]
    [TestCase("d")]
    [TestCase("2026")]
    [TestCase("2026-13")]
    [TestCase("2026-02-29")]
    [TestCase("2026-10-01..")]
    [TestCase("next")]
    public void What_is_no_period_is_told_from_one(string word) => Assert.That(StatsPeriod.Parse(word, s_today), Is.Null);

    [Test]
    public void On_a_Sunday_the_week_has_begun_six_days_ago() =>
        Assert.That(StatsPeriod.Parse("week", new DateOnly(2026, 10, 4))!.First, Is.EqualTo(new DateOnly(2026, 9, 28)));

    [Test]
    public void The_longest_name_counts_and_what_is_in_use_comes_first()
    {
        var words = StatsWords.Read(["jenkins", "ci", "2026-09", "DOWN", "jenkins"], s_settings, s_today);
        Assert.That(words.Tools.Select(t => t.Id), Is.EqualTo(["jenkins-ci", "jenkins"]));
        Assert.That(words.Labels.Select(l => l.Id), Is.EqualTo(["down"]));
        Assert.That((words.Period!.First, words.Unknown), Is.EqualTo((new DateOnly(2026, 9, 1), (string?)null)));
    }

    [Test]
    public void The_first_word_that_is_nothing_is_told() =>
        Assert.That(StatsWords.Read(["7d", "jenkinz", "30d"], s_settings, s_today).Unknown, Is.EqualTo("jenkinz"));

    [TestCase("stast", "stats")]
    [TestCase("OPNE", "open")]
    [TestCase("helth", "health")]
    [TestCase("sing", null)]
    [TestCase("xy", null)]
    public void The_nearest_word_is_offered_if_it_is_near(string typed, string? meant) =>
        Assert.That(DidYouMean.Nearest(typed, ["help", "stats", "open", "oncall", "health"]), Is.EqualTo(meant));
}
