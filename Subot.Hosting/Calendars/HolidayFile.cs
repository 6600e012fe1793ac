using System.Runtime.Serialization;
using System.Text.RegularExpressions;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using Subot.Domain.Settings;
using Subot.Hosting.Configuration;
using Calendar = Ical.Net.Calendar;

namespace Subot.Hosting.Calendars;

/// <summary>What a file of holidays tells.</summary>
/// <param name="Days">The local days without work, in order, each once.</param>
/// <param name="Notes">What was left out although it may have been meant, as sentences for people.</param>
public sealed record Holidays(IReadOnlyList<DateOnly> Days, IReadOnlyList<string> Notes);

/// <summary>Reads the days without work from a calendar file (.ics), as calendars of holidays are published or exported.</summary>
public static partial class HolidayFile
{
    // A rule that no date meets, such as the 30th of February, would be tried for ever.
    private static readonly EvaluationOptions s_evaluation = new() { MaxUnmatchedIncrementsLimit = 1000 };

    /// <summary>Reads a file: the days of its all-day events, recurring ones expanded.</summary>
    /// <param name="hours">Usual hours: an event with hours of its own that covers all of them is noted.</param>
    /// <param name="zone">Zone of the team's days, for events that are written in UTC.</param>
    /// <param name="firstYear">The first year whose days are wanted.</param>
    /// <param name="lastYear">The last year whose days are wanted.</param>
    /// <exception cref="ConfigurationException">The file cannot be read; the message names it and says what to do.</exception>
    public static Holidays Read(string path, WorkingHours hours, TimeZoneInfo zone, int firstYear, int lastYear)
    {
        try
        {
            return Parse(File.ReadAllText(path), path, hours, zone, firstYear, lastYear);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"{path} cannot be read: {e.Message} Name an .ics file that the bot may read."]);
        }
    }

    private static Holidays Parse(string text, string path, WorkingHours hours, TimeZoneInfo zone, int firstYear, int lastYear)
    {
        var (days, observances) = (new SortedSet<DateOnly>(), new SortedSet<string>(StringComparer.Ordinal));
        var (notes, problems) = (new List<string>(), new List<string>());
        var events = Load(text, path).SelectMany(c => c.Events).ToList();
        var replaced = events.Where(e => e.RecurrenceIdentifier is not null)
            .Select(e => (e.Uid, e.RecurrenceIdentifier!.StartTime.Value))
            .ToHashSet();
        foreach (var one in events.Where(e => e.IsActive && e.Start is not null))
        {
            try
            {
                var spans = Spans(one, replaced, zone, firstYear, lastYear);
                if (IsObservance(one) && spans.Count > 0)
                    observances.Add($"'{one.Summary}'");
                else if (IsAllDay(one))
                    days.UnionWith(spans.SelectMany(s => s.Days));
                else if (spans.Find(s => s.Covers(hours)) is { } span)
                    notes.Add($"'{one.Summary}' of {span.Days.First():yyyy-MM-dd} in {path} has hours, so it is no day off; an all-day event would be.");
            }
            catch (Exception e) when (e is EvaluationException or ArgumentException or InvalidOperationException or FormatException)
            {
                problems.Add($"{path}: '{one.Summary}' cannot be understood: {e.Message} Correct it in the calendar, or take it out.");
            }
        }

        if (problems.Count > 0)
            throw new ConfigurationException(problems);
        if (observances.Count > 0)
            notes.Add($"Marked in {path} but worked, so no days off: {string.Join(", ", observances)}.");
        return new Holidays([.. days.Where(d => firstYear <= d.Year && d.Year <= lastYear)], notes);
    }

    /// <summary>The occurrences of an event that touch the years, but for those that an event of their own replaces.</summary>
    private static List<LocalSpan> Spans(
        CalendarEvent one, HashSet<(string? Uid, DateTime Start)> replaced, TimeZoneInfo zone, int firstYear, int lastYear) =>
        // One that begins in the year before may reach into the first.
        [.. one.GetOccurrences(new CalDateTime(firstYear - 1, 1, 1), s_evaluation)
            .TakeWhile(o => o.Period.StartTime.Year <= lastYear)
            .Where(o => one.RecurrenceIdentifier is not null || !replaced.Contains((one.Uid, o.Period.StartTime.Value)))
            .Select(o => new LocalSpan(o.Period, zone))
            .Where(s => s.Days.Any(d => firstYear <= d.Year && d.Year <= lastYear))];

    private static List<Calendar> Load(string text, string path)
    {
        try
        {
            var calendars = Calendar.Load<Calendar>(ZoneName().Replace(Fold().Replace(text, ""), "")).ToList();
            return calendars.Count > 0 ? calendars : throw new SerializationException("There is no calendar in it.");
        }
        catch (Exception e) when (e is SerializationException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new ConfigurationException(
                [$"{path} is no calendar file, or only a part of one: {e.Message} "
                + "Export or download it again as iCalendar (.ics); it begins with BEGIN:VCALENDAR."]);
        }
    }

    [GeneratedRegex(@"\r?\n[ \t]")]
    private static partial Regex Fold();

    /// <summary>
    /// A time is taken as it is written, see <see cref="LocalSpan"/>; how its zone is called does not matter, and Outlook makes up names
    /// that nobody else knows.
    /// </summary>
    [GeneratedRegex(
        """(?<=^(?:DTSTART|DTEND|EXDATE|RDATE|RECURRENCE-ID)[^:\r\n]*);TZID=(?:"[^"\r\n]*"|[^:;\r\n]*)""",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ZoneName();

    /// <summary>Outlook writes some all-day events with hours, from midnight to midnight, and marks them.</summary>
    private static bool IsAllDay(CalendarEvent one) =>
        one.IsAllDay || "TRUE".Equals(one.Properties.Get<string>("X-MICROSOFT-CDO-ALLDAYEVENT"), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Google's calendars of holidays hold days on which people work, too; only those tell how to hide them in Google's own settings.
    /// </summary>
    private static bool IsObservance(CalendarEvent one) =>
        one.Uid?.EndsWith("@google.com", StringComparison.Ordinal) == true
        && one.Description?.Contains("Google", StringComparison.Ordinal) == true;
}
