using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Tests.Domain.Properties;

namespace Subot.Tests.Domain;

[TestFixture]
public sealed class BusiestHoursTests
{
    private const int Sunday = 6 * 24;
    private static readonly TimeZoneInfo s_paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Test]
    public void Every_hour_of_a_plain_week_occurs_once() =>
        Assert.That(BusiestHours.Occurrences(At("2026-03-02T00:00+01:00"), At("2026-03-09T00:00+01:00"), s_paris), Has.Count.EqualTo(168).And.All.EqualTo(1));

    [Test]
    public void An_hour_that_the_clock_jumps_over_does_not_occur()
    {
        var counts = BusiestHours.Occurrences(At("2026-03-29T00:00+01:00"), At("2026-03-30T00:00+02:00"), s_paris);

        Assert.That((counts[Sunday + 1], counts[Sunday + 2], counts[Sunday + 3]), Is.EqualTo((1, 0, 1)));
        Assert.That(counts.Sum(), Is.EqualTo(23));
    }

    [Test]
    public void An_hour_that_the_clock_shows_twice_occurs_twice()
    {
        var counts = BusiestHours.Occurrences(At("2026-10-25T00:00+02:00"), At("2026-10-26T00:00+01:00"), s_paris);

        Assert.That((counts[Sunday + 1], counts[Sunday + 2], counts[Sunday + 3]), Is.EqualTo((1, 2, 1)));
        Assert.That(counts.Sum(), Is.EqualTo(25));
    }

    [Test]
    public void Requests_are_divided_by_how_often_their_hour_occurred_up_to_now()
    {
        var requests = new long[168];
        (requests[0], requests[9], requests[10]) = (3, 4, 5);
        // Two Mondays; on the second it is half past nine.
        var (from, to, now) = (At("2026-03-02T00:00+01:00"), At("2026-04-01T00:00+02:00"), At("2026-03-09T09:30+01:00"));

        var rates = BusiestHours.Of(requests, from, to, now, s_paris);

        Assert.That((rates[0], rates[9], rates[10], rates[11]), Is.EqualTo(((double?)1.5, (double?)2, (double?)5, (double?)0)));
    }

    [Test]
    public void An_hour_that_has_not_occurred_has_no_rate()
    {
        var rates = BusiestHours.Of(new long[168], At("2026-03-02T00:00+01:00"), At("2026-03-09T00:00+01:00"), At("2026-03-02T01:00+01:00"), s_paris);

        Assert.That(rates[0], Is.Zero);
        Assert.That(rates.Skip(1), Has.All.Null);
    }

    [Test]
    public void Nothing_occurs_in_a_period_that_has_not_begun() =>
        Assert.That(BusiestHours.Of(new long[168], At("2026-03-02T00:00+01:00"), At("2026-03-09T00:00+01:00"), At("2026-02-01T00:00+01:00"), s_paris), Has.All.Null);

    [Test]
    public void Hours_are_counted_from_1970_on_in_every_zone([Values("Europe/Paris", "America/New_York", "UTC")] string zone) =>
        Assert.That(BusiestHours.Occurrences(Ts.Zero, At("2026-03-02T00:00Z"), TimeZoneInfo.FindSystemTimeZoneById(zone)).Sum(), Is.EqualTo(At("2026-03-02T00:00Z").Micros / Ts.Second / 3600));

    [Test]
    public void Hours_are_those_that_a_walk_through_the_minutes_finds() =>
        Prop.ForAll(
            Gen.Elements("Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC").ToArbitrary(),
            Gen.Choose(0, 3 * 365 * 1440).ToArbitrary(),
            Gen.Choose(0, 40 * 1440).ToArbitrary(),
            (name, start, minutes) =>
            {
                var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
                var from = At("2024-01-01T00:00Z").AddSeconds(start * 60L);
                DifferenceException.Unless(Json.Of(Walk(from, minutes, zone)), Json.Of(BusiestHours.Occurrences(from, from.AddSeconds(minutes * 60L), zone)), "hours");
            }).Check(Histories.Runs(150));

    /// <summary>An hour is another one when its date, its number or the offset changes.</summary>
    private static long[] Walk(Ts from, int minutes, TimeZoneInfo zone)
    {
        var counts = new long[168];
        var last = default((DateTime, TimeSpan));
        for (var minute = 0; minute < minutes; minute++)
        {
            var local = TimeZoneInfo.ConvertTime(from.AddSeconds(minute * 60L).ToDateTimeOffset(), zone);
            var hour = (local.Date.AddHours(local.Hour), local.Offset);
            if (hour != last)
                counts[Contribution.HourOfWeekOf(from.AddSeconds(minute * 60L), zone)]++;
            last = hour;
        }

        return counts;
    }

    private static Ts At(string instant) => Ts.From(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
}
