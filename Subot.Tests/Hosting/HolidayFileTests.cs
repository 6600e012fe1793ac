using NUnit.Framework;
using Subot.Domain.Settings;
using Subot.Hosting.Calendars;
using Subot.Hosting.Configuration;

namespace Subot.Tests.Hosting;

/// <summary>Calendars of holidays as Google, Outlook and others write them, read for 2026 and 2027 in Paris.</summary>
public sealed class HolidayFileTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"holidays-{Guid.NewGuid():N}.ics");

    [TearDown]
    public void Delete_the_file() => File.Delete(_path);

    [Test]
    public void Holidays_of_google_are_days_off_and_its_observances_are_not()
    {
        var holidays = Read("""
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20260714
            DTEND;VALUE=DATE:20260715
            DTSTAMP:20260101T000000Z
            UID:20260714_abc@google.com
            CLASS:PUBLIC
            DESCRIPTION:Jour férié
            STATUS:CONFIRMED
            SUMMARY:La fête nationale
            TRANSP:TRANSPARENT
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20260531
            DTEND;VALUE=DATE:20260601
            UID:20260531_abc@google.com
            DESCRIPTION:Journée commémorative\nPour masquer les journées commémoratives\, a
             ccédez aux paramètres de Google Agenda > Jours fériés et autres fêtes en Franc
             e
            SUMMARY:Fête des Mères
            TRANSP:TRANSPARENT
            END:VEVENT
            """);

        Assert.That(Told(holidays), Is.EqualTo("2026-07-14"));
        Assert.That(holidays.Notes, Is.EqualTo(new[] { $"Marked in {_path} but worked, so no days off: 'Fête des Mères'." }));
    }

    [Test]
    public void Event_of_several_days_ends_before_its_end() => Assert.That(
        Told(Read(AllDay("20261224", "20261227"))), Is.EqualTo("2026-12-24 2026-12-25 2026-12-26"));

    [TestCase("", "2026-05-08", TestName = "Day_without_an_end_is_one_day")]
    [TestCase("DURATION:P2D", "2026-05-08 2026-05-09", TestName = "Day_with_a_length_lasts_as_long")]
    [TestCase("DTEND;VALUE=DATE:20260508", "2026-05-08", TestName = "Day_that_ends_when_it_begins_is_one_day")]
    public void End_may_be_written_in_several_ways(string end, string days) => Assert.That(
        Told(Read(string.Join('\n', new[] { "BEGIN:VEVENT", "UID:1", "DTSTART;VALUE=DATE:20260508", end, "SUMMARY:x", "END:VEVENT" }.Where(l => l.Length > 0)))),
        Is.EqualTo(days));

    [Test]
    public void Years_outside_are_left_out_and_what_reaches_into_them_is_cut() => Assert.That(
        Told(Read(AllDay("20251230", "20260103") + AllDay("20271230", "20280103") + AllDay("20250501", "20250502"))),
        Is.EqualTo("2026-01-01 2026-01-02 2027-12-30 2027-12-31"));

    [Test]
    public void Rule_is_expanded_over_the_years() =>
        Assert.That(Told(Read(AllDay("20200501", "20200502", "RRULE:FREQ=YEARLY"))), Is.EqualTo("2026-05-01 2027-05-01"));

    [Test]
    public void Rule_by_weekday_is_expanded_too() => Assert.That(
        Told(Read(AllDay("20201126", "20201128", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"))),
        Is.EqualTo("2026-11-26 2026-11-27 2027-11-25 2027-11-26"));

    [Test]
    public void Excepted_date_is_worked_and_a_further_date_is_not() => Assert.That(
        Told(Read(AllDay("20200501", "20200502", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20260501", "RDATE;VALUE=DATE:20260504,20270503"))),
        Is.EqualTo("2026-05-04 2027-05-01 2027-05-03"));

    [Test]
    public void Moved_and_cancelled_occurrences_replace_those_of_the_rule() => Assert.That(
        Told(Read(
            AllDay("20200501", "20200502", "UID:may", "RRULE:FREQ=YEARLY")
            + AllDay("20260504", "20260505", "UID:may", "RECURRENCE-ID;VALUE=DATE:20260501")
            + AllDay("20270501", "20270502", "UID:may", "RECURRENCE-ID;VALUE=DATE:20270501", "STATUS:CANCELLED"))),
        Is.EqualTo("2026-05-04"));

    [Test]
    public void Cancelled_event_is_worked() => Assert.That(Told(Read(AllDay("20260504", "20260505", "STATUS:CANCELLED"))), Is.Empty);

    [Test]
    public void Two_events_of_one_day_are_one_day_off() =>
        Assert.That(Told(Read(AllDay("20260501", "20260502") + AllDay("20260501", "20260503"))), Is.EqualTo("2026-05-01 2026-05-02"));

    private const string Romance = """
        BEGIN:VTIMEZONE
        TZID:Romance Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE

        """;

    [TestCase("DTSTART:20260713T220000Z", "DTEND:20260714T220000Z", TestName = "All_day_of_outlook_in_utc_is_the_local_day")]
    [TestCase("DTSTART;TZID=Romance Standard Time:20260714T000000", "DTEND;TZID=Romance Standard Time:20260715T000000", TestName = "All_day_of_outlook_in_its_zone_is_the_day_that_is_written")]
    [TestCase("DTSTART;TZID=Nobody's Time:20260714T000000", "DTEND;TZID=Nobody's Time:20260714T235900", TestName = "All_day_in_a_zone_that_nobody_knows_is_the_day_that_is_written")]
    [TestCase("DTSTART;VALUE=DATE:20260714", "DTEND;VALUE=DATE:20260715", TestName = "All_day_of_outlook_as_a_date_is_that_date")]
    public void Marked_as_all_day(string start, string end) => Assert.That(
        Told(Read(Romance + $"BEGIN:VEVENT\nUID:040000008200E00074C5B7101A82E008\nSUMMARY;LANGUAGE=fr:Fête nationale\n{start}\n{end}\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nEND:VEVENT\n")),
        Is.EqualTo("2026-07-14"));

    [TestCase("20260714T080000", "20260714T190000", true, TestName = "Event_with_hours_that_covers_the_working_day_is_noted")]
    [TestCase("20260713T000000", "20260715T000000", true, TestName = "Event_with_hours_of_two_days_is_noted")]
    [TestCase("20260714T110000", "20260714T190000", false, TestName = "Event_that_begins_within_the_working_day_is_no_news")]
    [TestCase("20260712T000000", "20260713T000000", false, TestName = "Event_on_a_sunday_is_no_news")]
    public void Event_with_hours_is_no_day_off(string start, string end, bool noted)
    {
        var holidays = Read(Romance + $"BEGIN:VEVENT\nUID:1\nSUMMARY:Seminar\nDTSTART;TZID=Romance Standard Time:{start}\nDTEND;TZID=Romance Standard Time:{end}\nEND:VEVENT\n");

        Assert.That(holidays.Days, Is.Empty);
        Assert.That(holidays.Notes, noted ? Has.One.Contains("'Seminar' of 2026-07-1").And.Contains("all-day event") : Is.Empty);
    }

    [Test]
    public void Lines_folded_with_carriage_returns_are_put_together() =>
        Assert.That(Told(Read("BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VAL\r\n UE=DATE:2026\r\n\t0501\r\nSUMMARY:Fête du tra\r\n vail\r\nEND:VEVENT\r\n")), Is.EqualTo("2026-05-01"));

    [Test]
    public void File_of_two_calendars_is_read_to_its_end()
    {
        File.WriteAllText(_path, Calendar(AllDay("20260501", "20260502")) + Calendar(AllDay("20260508", "20260509")));

        Assert.That(Told(HolidayFile.Read(_path, WorkingHours.Default, TimeZoneInfo.Utc, 2026, 2026)), Is.EqualTo("2026-05-01 2026-05-08"));
    }

    [TestCase("", TestName = "Empty_file_is_refused")]
    [TestCase("<!DOCTYPE html><html><body>Sign in</body></html>", TestName = "Page_of_a_sign_in_is_refused")]
    [TestCase("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260501\r\n", TestName = "File_that_was_cut_off_is_refused")]
    public void What_is_no_calendar_is_refused(string text)
    {
        File.WriteAllText(_path, text);

        Assert.That(() => HolidayFile.Read(_path, WorkingHours.Default, TimeZoneInfo.Utc, 2026, 2026),
            Throws.InstanceOf<ConfigurationException>().With.Message.Contains(_path).And.Message.Contains("download it again"));
    }

    [Test]
    public void File_that_is_not_there_is_named() => Assert.That(
        () => HolidayFile.Read(_path, WorkingHours.Default, TimeZoneInfo.Utc, 2026, 2026),
        Throws.InstanceOf<ConfigurationException>().With.Message.Contains(_path).And.Message.Contains("Name an .ics file"));

    [TestCase("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "'Leap'", TestName = "Rule_that_no_date_meets_is_refused")]
    [TestCase("RRULE:FREQ=SOMETIMES", "SOMETIMES", TestName = "Rule_that_means_nothing_is_refused")]
    public void Rule_that_cannot_be_followed_is_refused(string rule, string named) => Assert.That(
        () => Read(AllDay("20260228", "20260301", rule, "SUMMARY:Leap")),
        Throws.InstanceOf<ConfigurationException>().With.Message.Contains(_path).And.Message.Contains(named));

    [TestCase("RRULE:FREQ=YEARLY;UNTIL=20260501", "2026-05-01", TestName = "Rule_ends_on_a_date")]
    [TestCase("RRULE:FREQ=YEARLY;UNTIL=20260501T215959Z", "2026-05-01", TestName = "Rule_ends_at_an_instant_although_its_event_has_only_dates")]
    [TestCase("RRULE:FREQ=YEARLY;COUNT=7", "2026-05-01", TestName = "Rule_ends_after_so_many_times")]
    public void Rule_ends(string rule, string days) => Assert.That(Told(Read(AllDay("20200501", "20200502", rule))), Is.EqualTo(days));

    [Test]
    public void Rule_of_outlook_ends_at_an_instant_and_leaves_out_its_exceptions() => Assert.That(
        Told(Read(Romance + """
            BEGIN:VEVENT
            UID:1
            SUMMARY:Pont
            DTSTART;TZID="Romance Standard Time":20260504T000000
            DTEND;TZID="Romance Standard Time":20260505T000000
            RRULE:FREQ=WEEKLY;UNTIL=20260531T220000Z;BYDAY=MO
            EXDATE;TZID="Romance Standard Time":20260511T000000
            X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
            END:VEVENT
            """)),
        Is.EqualTo("2026-05-04 2026-05-18 2026-05-25"));

    private Holidays Read(string events)
    {
        File.WriteAllText(_path, Calendar(events));
        return HolidayFile.Read(_path, WorkingHours.Default, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), 2026, 2027);
    }

    private static string Calendar(string events) =>
        $"BEGIN:VCALENDAR\nPRODID:-//Test//EN\nVERSION:2.0\nCALSCALE:GREGORIAN\nMETHOD:PUBLISH\n{events.TrimEnd()}\nEND:VCALENDAR\n";

    private static string AllDay(string start, string end, params string[] more)
    {
        string[] usual = [.. new[] { $"UID:{start}{end}", "SUMMARY:Off" }.Where(u => !more.Any(m => m.StartsWith(u[..3], StringComparison.Ordinal)))];
        return string.Join('\n', ["BEGIN:VEVENT", $"DTSTART;VALUE=DATE:{start}", $"DTEND;VALUE=DATE:{end}", .. usual, .. more, "END:VEVENT", ""]);
    }

    private static string Told(Holidays holidays) => string.Join(' ', holidays.Days.Select(d => d.ToString("yyyy-MM-dd")));
}
