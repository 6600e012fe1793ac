using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Tests.Domain.Properties;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.Reminders;

/// <summary>When work begins or goes on.</summary>
public sealed class OpeningTests
{
    private static readonly WorkingClock s_paris = Clock("Mon-Fri 10:00-13:00 14:00-19:00", "Europe/Paris");

    /// <summary>Usual and unusual hours in zones of every sort.</summary>
    public static (WorkingClock Clock, TimeZoneInfo Zone)[] Clocks { get; } = [..
        from zone in new[] { "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu" }
        from hours in new[] { "Mon-Fri 10:00-13:00 14:00-19:00", "Mon-Sun 00:00-24:00", "Sun-Mon 00:00-02:30 02:45-03:10 22:00-24:00; Wed 12:00-13:00" }
        select (Clock(hours, zone), TimeZoneInfo.FindSystemTimeZoneById(zone))];

    private static readonly Arbitrary<(WorkingClock Clock, Ts Instant)> s_instants = (
        from clock in Gen.Elements(Clocks.Select(c => c.Clock).ToArray())
        from day in Gen.Choose(0, 730)
        from minute in Gen.Choose(0, 1439)
        from micros in Gen.Elements(0, 0, 1, 59_999_999)
        select (clock, new Ts(At("2026-01-01T00:00Z").Micros + ((day * 1440L) + minute) * 60 * Ts.Second + micros))).ToArbitrary();

    [TestCase("2026-03-04T10:00Z", "2026-03-04T10:00Z", TestName = "Inside_a_slot_it_is_the_instant_itself")]
    [TestCase("2026-03-04T09:00Z", "2026-03-04T09:00Z", TestName = "Start_of_a_slot_is_worked")]
    [TestCase("2026-03-04T12:00Z", "2026-03-04T13:00Z", TestName = "End_of_a_slot_is_not_worked")]
    [TestCase("2026-03-04T11:59:59.999999Z", "2026-03-04T11:59:59.999999Z", TestName = "Last_microsecond_of_a_slot_is_worked")]
    [TestCase("2026-03-04T18:00Z", "2026-03-05T09:00Z", TestName = "In_the_evening_it_is_the_next_morning")]
    [TestCase("2026-03-27T18:00Z", "2026-03-30T08:00Z", TestName = "Morning_after_the_clock_went_forward_is_an_hour_earlier")]
    [TestCase("2026-10-23T17:00Z", "2026-10-26T09:00Z", TestName = "Morning_after_the_clock_went_back_is_an_hour_later")]
    public void Work_goes_on(string from, string opening) => Assert.That(s_paris.NextOpening(At(from)), Is.EqualTo(At(opening)));

    [Test]
    public void Slot_that_begins_in_the_gap_opens_later_by_the_gap() =>
        Assert.That(Clock("Sun 02:30-06:00", "Europe/Paris").NextOpening(At("2026-03-29T00:00Z")), Is.EqualTo(At("2026-03-29T01:30Z")));

    [Test]
    public void Slot_that_begins_at_a_time_shown_twice_opens_at_the_first() =>
        Assert.That(Clock("Sun 02:30-06:00", "Europe/Paris").NextOpening(At("2026-10-24T22:00Z")), Is.EqualTo(At("2026-10-25T00:30Z")));

    [Test]
    public void Slot_that_ends_at_midnight_goes_on_where_the_next_day_is_worked() =>
        Assert.That(Clock("Mon-Tue 00:00-24:00", "UTC").NextOpening(At("2026-03-03T00:00Z")), Is.EqualTo(At("2026-03-03T00:00Z")));

    [Test]
    public void Calendar_that_never_opens_has_no_opening()
    {
        var never = new WorkingClock(new WorkingHours([.. Enumerable.Repeat(Array.Empty<Slot>(), 7)], new Dictionary<DateOnly, IReadOnlyList<Slot>>()), TimeZoneInfo.Utc);

        Assert.That(never.NextOpening(Story.Root), Is.EqualTo(Ts.Max));
        Assert.That(never.OpeningAfterDayOf(Story.Root), Is.EqualTo(Ts.Max));
        Assert.That(never.FirstOpeningOn(new DateOnly(2026, 3, 2)), Is.Null);
    }

    [Test]
    public void Calendar_that_opens_for_one_day_has_no_opening_after_it()
    {
        var once = new WorkingClock(
            new WorkingHours(
                [.. Enumerable.Repeat(Array.Empty<Slot>(), 7)],
                new Dictionary<DateOnly, IReadOnlyList<Slot>> { [new(2026, 3, 4)] = [new Slot(600, 660)] }),
            TimeZoneInfo.Utc);

        Assert.That(once.NextOpening(Story.Root), Is.EqualTo(At("2026-03-04T10:00Z")));
        Assert.That(once.NextOpening(At("2026-03-04T11:00Z")), Is.EqualTo(Ts.Max));
        Assert.That(once.NextOpening(Ts.Max), Is.EqualTo(Ts.Max));
    }

    [TestCase("2026-03-30", "2026-03-30T08:00Z", TestName = "Workday_opens_in_the_morning")]
    [TestCase("2026-03-29", null, TestName = "Sunday_does_not_open")]
    [TestCase("2026-03-31", null, TestName = "Holiday_does_not_open")]
    public void Local_day_opens(string day, string? opening)
    {
        var clock = new WorkingClock(WorkingHours.Default.WithHolidays([new(2026, 3, 31)]), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));

        Assert.That(clock.FirstOpeningOn(DateOnly.Parse(day)), Is.EqualTo(opening is null ? (Ts?)null : At(opening)));
    }

    // 23:30 UTC is the next day in Paris.
    [TestCase("2026-03-03T22:30Z", "2026-03-04T09:00Z")]
    [TestCase("2026-03-03T23:30Z", "2026-03-05T09:00Z")]
    [TestCase("2026-03-06T12:00Z", "2026-03-09T09:00Z")]
    public void Tomorrow_begins_after_the_local_day(string from, string opening) =>
        Assert.That(s_paris.OpeningAfterDayOf(At(from)), Is.EqualTo(At(opening)));

    [Test]
    public void Opening_is_the_first_worked_instant() => Prop.ForAll(s_instants, i =>
    {
        var opening = i.Clock.NextOpening(i.Instant);
        DifferenceException.Unless(true, opening >= i.Instant, "not before");
        DifferenceException.Unless(0L, i.Clock.Elapsed(i.Instant, opening), "nothing worked until then");
        DifferenceException.Unless(1L, i.Clock.Elapsed(opening, new Ts(opening.Micros + 1)), "worked then");
    }).Check(Runs(3000));

    private static WorkingClock Clock(string hours, string zone) =>
        new(WorkingHours.Parse(hours), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static Ts At(string instant) => Ts.From(DateTimeOffset.Parse(instant));
}
