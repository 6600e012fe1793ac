using NUnit.Framework;
using Subot.Bot.Reports;
using Subot.Domain;

namespace Subot.Tests.Reports;

/// <summary>From when to when a report counts.</summary>
public sealed class ReportPeriodTests
{
    [TestCase("2026-03-13T18:00Z", "2026-03-06T18:00Z", "2026-02-27T18:00Z", TestName = "Week_has_168_hours")]
    [TestCase("2026-04-03T17:00Z", "2026-03-27T18:00Z", "2026-03-20T18:00Z", TestName = "Week_in_which_the_clock_is_put_forward_has_167_hours")]
    [TestCase("2026-10-30T18:00Z", "2026-10-23T17:00Z", "2026-10-16T17:00Z", TestName = "Week_in_which_the_clock_is_put_back_has_169_hours")]
    [TestCase("2026-04-05T00:30Z", "2026-03-29T01:30Z", "2026-03-22T01:30Z", TestName = "Week_that_would_begin_at_a_time_which_the_clock_jumps_over_begins_after_the_jump")]
    public void Week(string end, string from, string before) => AssertPeriod(ReportJob.Weekly, end, from, before);

    [TestCase("2026-11-01T08:00Z", "2026-10-01T07:00Z", "2026-09-01T07:00Z", TestName = "Month_begins_at_the_same_day_and_time_of_the_month_before")]
    [TestCase("2026-03-31T07:00Z", "2026-02-28T08:00Z", "2026-01-31T08:00Z", TestName = "Month_that_would_begin_on_a_day_which_the_month_before_lacks_begins_on_its_last")]
    public void Month(string end, string from, string before) => AssertPeriod(ReportJob.Monthly, end, from, before);

    private static void AssertPeriod(ReportJob job, string end, string from, string before)
    {
        var period = job.PeriodUntil(At(end), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        Assert.That((period.Before, period.From, period.To), Is.EqualTo((At(before), At(from), At(end))));
    }

    private static Ts At(string text) => Ts.From(DateTimeOffset.Parse(text));
}
