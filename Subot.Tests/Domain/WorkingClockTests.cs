using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Tests.Domain.Properties;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain;

/// <summary>The working clock, by examples and against a naive one that asks of each minute whether it is worked.</summary>
public sealed class WorkingClockTests
{
    private static readonly string[] s_zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut", "Asia/Kathmandu"];

    private static readonly string[] s_hours =
    [
        "Mon-Fri 10:00-13:00 14:00-19:00",
        "Mon-Sun 00:00-24:00",
        "Mon-Sun 00:00-02:30 02:45-03:10 03:20-24:00",
        "Sat-Sun 01:15-02:15 02:30-02:40 22:00-24:00; Wed 12:00-13:00",
    ];

    private static readonly DateOnly[] s_daysOff = [new(2026, 3, 9), new(2026, 3, 30), new(2026, 7, 1), new(2026, 10, 24), new(2026, 11, 1)];

    /// <summary>A clock of each zone with each of the hours.</summary>
    private static readonly (WorkingClock Clock, WorkingHours Hours, TimeZoneInfo Zone)[] s_clocks = [..
        from zone in s_zones.Select(TimeZoneInfo.FindSystemTimeZoneById)
        from hours in s_hours.Select(h => WorkingHours.Parse(h).WithHolidays(s_daysOff))
        select (new WorkingClock(hours, zone), hours, zone)];

    /// <summary>Stretches of up to two days, mostly around changes of the clock.</summary>
    private static readonly Arbitrary<(WorkingClock Clock, WorkingHours Hours, TimeZoneInfo Zone, Ts From, Ts To)> s_stretches = (
        from clock in Gen.Elements(s_clocks)
        from day in Gen.Frequency(
            (1, Gen.Choose(0, 364).Select(d => new DateTime(2026, 1, 1).AddDays(d))),
            (3, Gen.Elements(new DateTime(2026, 3, 8), new(2026, 3, 29), new(2026, 4, 5), new(2026, 10, 4), new(2026, 10, 25), new(2026, 11, 1))))
        from start in Gen.Choose(-1500, 1500)
        from length in Gen.Choose(0, 2880)
        from micros in Gen.Choose(0, 59_999_999)
        let begin = Ts.From(new DateTimeOffset(day, TimeSpan.Zero)).AddSeconds(start * 60)
        select (clock.Clock, clock.Hours, clock.Zone, begin, new Ts(begin.Micros + length * 60 * Ts.Second + micros))).ToArbitrary();

    [Test]
    public void Elapsed_is_what_a_look_at_each_minute_tells() => Prop.ForAll(s_stretches, s =>
        DifferenceException.Unless(NaiveElapsed(s.Hours, s.Zone, s.From, s.To), s.Clock.Elapsed(s.From, s.To), $"{s.Zone.Id} {s.Hours} {s.From} {s.To}"))
        .Check(Runs(1000));

    [Test]
    public void Add_gives_the_first_instant_at_which_so_much_has_passed() => Prop.ForAll(s_stretches, s =>
    {
        var elapsed = s.Clock.Elapsed(s.From, s.To);
        var reached = s.Clock.Add(s.From, elapsed);
        DifferenceException.Unless(elapsed, s.Clock.Elapsed(s.From, reached), "elapsed until then");
        DifferenceException.Unless(true, reached <= s.To, "no later than the end");
        DifferenceException.Unless(true, elapsed == 0 || s.Clock.Elapsed(s.From, new Ts(reached.Micros - 1)) < elapsed, "not a microsecond before");
    }).Check(Runs(2000));

    [Test]
    public void Whole_seconds_have_whole_working_seconds() => Prop.ForAll(s_stretches, s =>
        DifferenceException.Unless(0L, s.Clock.At(new Ts(s.To.CeilingSeconds * Ts.Second)) % Ts.Second, "fraction")).Check(Runs(1000));

    [TestCase("2026-03-29T02:30", "2026-03-29T04:00", 30, TestName = "Bound_in_a_gap_moves_forward_by_the_gap")]
    [TestCase("2026-10-25T02:30", "2026-10-25T04:00", 150, TestName = "Ambiguous_bound_is_its_first_instant")]
    [TestCase("2026-10-25T01:00", "2026-10-25T02:30", 90, TestName = "Ambiguous_end_is_its_first_instant")]
    [TestCase("2026-03-29T00:00", "2026-03-29T24:00", 23 * 60, TestName = "Day_of_the_gap_has_23_hours")]
    [TestCase("2026-10-25T00:00", "2026-10-25T24:00", 25 * 60, TestName = "Day_of_the_repeated_hour_has_25_hours")]
    public void Slot_of_a_sunday_in_berlin_takes_real_minutes(string start, string end, int minutes)
    {
        var hours = WorkingHours.Parse($"Sun {start[11..]}-{end[11..]}");
        var clock = new WorkingClock(hours, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var midnight = Ts.From(DateTimeOffset.Parse($"{start[..10]}T00:00Z"));

        Assert.That(clock.Elapsed(midnight.AddSeconds(-2 * 3600), midnight.AddSeconds(30 * 3600)), Is.EqualTo(minutes * 60 * Ts.Second));
    }

    [Test]
    public void Slots_that_a_gap_moves_over_each_other_count_once()
    {
        // 2:30 does not exist and is 3:30; the second slot begins at 3:00.
        var clock = new WorkingClock(WorkingHours.Parse("Sun 01:00-02:30 03:00-05:00"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var one = Ts.From(new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.Zero));

        Assert.That(clock.Elapsed(one, one.AddSeconds(86400)), Is.EqualTo(3 * 3600 * Ts.Second));
    }

    [Test]
    public void Day_off_is_not_worked_and_a_dated_slot_is()
    {
        var off = new DateOnly(2026, 3, 3);
        var hours = WorkingHours.Default.WithHolidays([off]);
        var special = hours with { Exceptions = new Dictionary<DateOnly, IReadOnlyList<Slot>>(hours.Exceptions) { [off.AddDays(4)] = [new Slot(600, 660)] } };
        var clock = new WorkingClock(special, TimeZoneInfo.Utc);
        Ts Day(int day) => Ts.From(new DateTimeOffset(2026, 3, day, 0, 0, 0, TimeSpan.Zero));

        Assert.That(clock.Elapsed(Day(3), Day(4)), Is.Zero);
        Assert.That(clock.Elapsed(Day(4), Day(5)), Is.EqualTo(8 * 3600 * Ts.Second));
        Assert.That(clock.Elapsed(Day(7), Day(8)), Is.EqualTo(3600 * Ts.Second));
    }

    [Test]
    public void Calendar_that_never_opens_again_never_reaches_a_target()
    {
        var never = new WorkingHours([.. Enumerable.Repeat(Array.Empty<Slot>(), 7)], new Dictionary<DateOnly, IReadOnlyList<Slot>>());

        Assert.That(new WorkingClock(never, TimeZoneInfo.Utc).Add(Story.Root, 1), Is.EqualTo(Ts.Max));
    }

    [TestCase("Mon", "names no hours")]
    [TestCase("Foo 10:00-11:00", "no weekday")]
    [TestCase("Mon 11:00-10:00", "ends before it starts")]
    [TestCase("Mon 10:00-25:00", "no time of day")]
    [TestCase("Mon 10:00-12:00 11:00-13:00", "overlap")]
    [TestCase("", "no working hours")]
    public void Written_form_that_means_nothing_is_refused_with_a_reason(string text, string reason) =>
        Assert.That(() => WorkingHours.Parse(text), Throws.InstanceOf<FormatException>().With.Message.Contains(reason));

    [Test]
    public void Written_form_is_read_and_written_back() =>
        Assert.That(WorkingHours.Parse("Sat-Mon 22:00-24:00").ToString(), Is.EqualTo("Mon 22:00-24:00; Sat 22:00-24:00; Sun 22:00-24:00"));

    /// <summary>
    /// A minute is worked if it lies in a slot whose bounds are found by searching the day's instants for the local time.
    /// </summary>
    private static long NaiveElapsed(WorkingHours hours, TimeZoneInfo zone, Ts from, Ts to)
    {
        var slots = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        var first = DateOnly.FromDateTime(from.ToDateTimeOffset().UtcDateTime).AddDays(-1);
        for (var day = first; day <= first.AddDays(5); day = day.AddDays(1))
            slots.AddRange(hours.On(day).Select(s => (FirstInstant(day, s.Start, zone), FirstInstant(day, s.End, zone))));

        long worked = 0;
        for (var at = from.Micros; at < to.Micros; at += 60 * Ts.Second)
        {
            var minute = new Ts(at).ToDateTimeOffset();
            if (slots.Exists(s => s.Start <= minute && minute < s.End))
                worked += Math.Min(60 * Ts.Second, to.Micros - at);
        }

        return worked;
    }

    /// <summary>
    /// The first minute that shows this local time; if the clock jumps over it, the one as far behind the jump as it is within.
    /// </summary>
    private static DateTimeOffset FirstInstant(DateOnly day, int minutes, TimeZoneInfo zone)
    {
        var wanted = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);
        var search = new DateTimeOffset(wanted.AddHours(-16), TimeSpan.Zero);
        DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        while (Local(search.AddHours(1)) < wanted)
            search = search.AddHours(1);
        while (Local(search) < wanted)
            search = search.AddMinutes(1);
        // Behind a gap the clock shows more than was wanted when the last minute before it passed.
        var before = search.AddMinutes(-1);
        return Local(search) == wanted ? search : before + (wanted - Local(before));
    }
}
