using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Reminders;
using Subot.Domain.Settings;
using Subot.Tests.Domain.Properties;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.Reminders;

/// <summary>When reminders are due: by examples in Paris, where people work from 10 to 13 and 14 to 19, and minute by minute.</summary>
public sealed class ReminderTests
{
    private const long Minute = 60 * Ts.Second;

    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly WorkingClock s_paris = new(WorkingHours.Default.WithHolidays([new(2026, 3, 5)]), s_zone);

    private static readonly ReminderRule s_hourly = new(3600, 3);

    [TestCase("03-03 10:30", "03-03 11:30, 03-03 12:30, 03-03 14:30", TestName = "Lunch_does_not_count")]
    [TestCase("03-03 17:30", "03-03 18:30, 03-04 10:30, 03-04 11:30", TestName = "Night_does_not_count")]
    [TestCase("03-03 10:00", "03-03 11:00, 03-03 12:00, 03-03 14:00", TestName = "Reminder_due_when_lunch_begins_waits_until_it_is_over")]
    [TestCase("03-03 18:00", "03-04 10:00, 03-04 11:00, 03-04 12:00", TestName = "Reminder_due_when_work_ends_waits_until_the_morning")]
    [TestCase("03-04 18:30", "03-06 10:30, 03-06 11:30, 03-06 12:30", TestName = "Holiday_does_not_count")]
    [TestCase("03-27 23:00", "03-30 11:00, 03-30 12:00, 03-30 14:00", TestName = "Weekend_of_the_gap_does_not_count")]
    public void Silence_is_reminded_of_each_working_hour(string since, string due) =>
        Assert.That(Told(s_hourly.DueTimes(new Silence(Paris(since)), s_paris)), Is.EqualTo(due));

    [TestCase("03-03 10:45", "03-04 10:00, 03-04 11:00, 03-04 12:00", TestName = "Snooze_before_the_first_puts_off_all_until_tomorrow")]
    [TestCase("03-03 11:30", "03-03 11:30, 03-04 10:00, 03-04 11:00", TestName = "Snooze_at_the_instant_of_one_leaves_it_alone")]
    [TestCase("03-03 13:30", "03-03 11:30, 03-03 12:30, 03-04 10:00", TestName = "Snooze_leaves_alone_what_was_due")]
    [TestCase("03-03 20:00", "03-03 11:30, 03-03 12:30, 03-03 14:30", TestName = "Snooze_after_the_last_changes_nothing")]
    [TestCase("03-03 10:35", "03-04 10:00, 03-04 11:00, 03-04 12:00", TestName = "Snooze_right_after_the_silence_began_puts_off_all")]
    [TestCase("03-03 10:15", "03-03 11:30, 03-03 12:30, 03-03 14:30", TestName = "Snooze_of_an_earlier_silence_changes_nothing")]
    public void Snooze_lasts_until_tomorrow(string snooze, string due) =>
        Assert.That(Told(s_hourly.DueTimes(new Silence(Paris("03-03 10:30"), Paris(snooze)), s_paris)), Is.EqualTo(due));

    [TestCase("03-04 12:00", "03-06 10:00", TestName = "Tomorrow_of_the_eve_of_a_holiday_is_the_day_after_it")]
    [TestCase("03-06 12:00", "03-09 10:00", TestName = "Tomorrow_of_a_friday_is_monday")]
    [TestCase("03-04 00:30", "03-06 10:00", TestName = "Tomorrow_of_the_night_is_not_its_own_morning")]
    public void Tomorrow_is_the_next_day_that_is_worked(string snooze, string due)
    {
        var silence = new Silence(Paris(snooze).AddSeconds(-60), Paris(snooze));

        Assert.That(Told([s_hourly.DueAt(silence, s_paris, 1)]), Is.EqualTo(due));
    }

    [Test]
    public void Snooze_brings_nothing_forward() => Assert.That(
        Told(s_hourly.DueTimes(new Silence(Paris("03-02 18:30"), Paris("03-02 18:40")), s_paris)),
        Is.EqualTo("03-03 10:30, 03-03 11:30, 03-03 12:30"));

    [Test]
    public void Each_further_snooze_counts_from_what_the_one_before_left() => Assert.That(
        Told(s_hourly.DueTimes(new Silence(Paris("03-02 10:30"), Paris("03-02 11:45"), Paris("03-03 10:05")), s_paris)),
        Is.EqualTo("03-02 11:30, 03-03 10:00, 03-04 10:00"));

    [Test]
    public void Due_ones_are_counted_up_to_the_limit()
    {
        var silence = new Silence(Paris("03-03 10:30"));
        int Until(string instant) => s_hourly.DueUntil(silence, s_paris, Paris(instant));

        Assert.That(s_hourly.DueUntil(silence, s_paris, new Ts(Paris("03-03 11:30").Micros - 1)), Is.Zero);
        Assert.That(Until("03-03 11:30"), Is.EqualTo(1));
        Assert.That(Until("03-03 14:29"), Is.EqualTo(2));
        Assert.That(Until("03-25 14:29"), Is.EqualTo(3));
    }

    [Test]
    public void Next_one_is_after_the_instant_and_there_is_none_after_the_last()
    {
        var silence = new Silence(Paris("03-03 10:30"));

        Assert.That(s_hourly.NextAfter(silence, s_paris, silence.Since), Is.EqualTo(Paris("03-03 11:30")));
        Assert.That(s_hourly.NextAfter(silence, s_paris, Paris("03-03 11:30")), Is.EqualTo(Paris("03-03 12:30")));
        Assert.That(s_hourly.NextAfter(silence, s_paris, Paris("03-03 14:30")), Is.Null);
    }

    [Test]
    public void Rule_without_reminders_has_none() =>
        Assert.That(new ReminderRule(3600, 0).NextAfter(new Silence(Paris("03-03 10:30")), s_paris, Ts.Zero), Is.Null);

    [Test]
    public void Where_nobody_ever_works_nothing_is_ever_due()
    {
        var never = new WorkingClock(new WorkingHours([.. Enumerable.Repeat(Array.Empty<Slot>(), 7)], new Dictionary<DateOnly, IReadOnlyList<Slot>>()), TimeZoneInfo.Utc);
        var silence = new Silence(Story.Root, Story.At(10));

        Assert.That(s_hourly.DueAt(silence, never, 1), Is.EqualTo(Ts.Max));
        Assert.That(s_hourly.DueUntil(silence, never, Ts.Max), Is.Zero);
        Assert.That(s_hourly.NextAfter(silence, never, Story.Root), Is.Null);
    }

    [Test]
    public void Wait_longer_than_any_calendar_is_never_over() =>
        Assert.That(new ReminderRule(long.MaxValue / 2, 3).NextAfter(new Silence(Story.Root), s_paris, Story.Root), Is.Null);

    [Test]
    public void Silences_of_the_same_instants_are_equal()
    {
        var silence = new Silence(Story.Root, Story.At(1));

        Assert.That(new Silence(Story.Root, Story.At(1)), Is.EqualTo(silence));
        Assert.That(new Silence(Story.Root, Story.At(2)), Is.Not.EqualTo(silence));
    }

    [Test]
    public void Reminders_are_due_when_somebody_who_looks_each_minute_sends_them() => Prop.ForAll(s_cases, c =>
    {
        var due = c.Rule.DueTimes(c.Silence, c.Clock);

        DifferenceException.Unless(string.Join(' ', Watched(c.Rule, c.Silence, c.Clock, c.Zone)), string.Join(' ', due), "due");
        for (var i = 0; i < due.Count; i++)
        {
            DifferenceException.Unless(i, c.Rule.DueUntil(c.Silence, c.Clock, new Ts(due[i].Micros - 1)), "due before");
            DifferenceException.Unless(i + 1, c.Rule.DueUntil(c.Silence, c.Clock, due[i]), "due then");
            DifferenceException.Unless(due[i], c.Rule.NextAfter(c.Silence, c.Clock, new Ts(due[i].Micros - 1)), "next");
        }
    }).Check(Runs(300));

    private static readonly Arbitrary<(ReminderRule Rule, Silence Silence, WorkingClock Clock, TimeZoneInfo Zone)> s_cases = (
        from clock in Gen.Elements(OpeningTests.Clocks)
        from after in Gen.Choose(1, 300)
        from limit in Gen.Choose(1, 4)
        from day in Gen.Elements(new DateTime(2026, 3, 7), new(2026, 3, 27), new(2026, 4, 4), new(2026, 10, 3), new(2026, 10, 24), new(2026, 10, 31))
        from minute in Gen.Choose(0, 2 * 1440)
        from count in Gen.Choose(0, 3)
        from snoozes in Gen.Choose(-100, 4000).ListOf(count)
        let since = new Ts(Ts.From(new DateTimeOffset(day, TimeSpan.Zero)).Micros + minute * Minute)
        select (new ReminderRule(after * 60, limit), new Silence(since, [.. snoozes.Order().Select(s => new Ts(since.Micros + s * Minute))]), clock.Clock, clock.Zone))
        .ToArbitrary();

    /// <summary>Looks at each minute: sends what is due if the minute is worked, then hears of a snooze.</summary>
    private static List<Ts> Watched(ReminderRule rule, Silence silence, WorkingClock clock, TimeZoneInfo zone)
    {
        var sent = new List<Ts>();
        var worked = 0L;
        DateOnly? snoozedOn = null;
        for (var at = silence.Since; sent.Count < rule.Limit; at = new Ts(at.Micros + Minute))
        {
            var isWorked = clock.Elapsed(at, new Ts(at.Micros + Minute)) > 0;
            var due = worked >= rule.AfterSeconds && (snoozedOn is not { } day || Day(at, zone) > day);
            if (isWorked && due)
            {
                sent.Add(at);
                (worked, snoozedOn) = (0, null);
            }

            worked += isWorked ? 60 : 0;
            if (silence.Snoozes.Contains(at))
                snoozedOn = Day(at, zone);
        }

        return sent;
    }

    private static DateOnly Day(Ts instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone).DateTime);

    private static string Told(IEnumerable<Ts> instants) => string.Join(", ", instants.Select(i =>
        TimeZoneInfo.ConvertTime(i.ToDateTimeOffset(), s_zone).ToString("MM-dd HH:mm")));

    private static Ts Paris(string time) => LocalDay.At(
        DateOnly.Parse($"2026-{time[..5]}"), (int)TimeOnly.Parse(time[6..]).ToTimeSpan().TotalMinutes, s_zone);
}
