using System.Globalization;
using System.Text.RegularExpressions;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Settings;

namespace Subot.Bot.Slash;

/// <summary>A stretch of local days that people can name.</summary>
/// <param name="Title">How it is called in the answer.</param>
/// <param name="Last">Included.</param>
internal sealed partial record StatsPeriod(TextId Title, DateOnly First, DateOnly Last)
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>The names of periods that are words; others are dates.</summary>
    public static IReadOnlyList<string> Names { get; } = ["7d", "30d", "today", "yesterday", "week", "last week", "month", "last month"];

    /// <summary>
    /// The period of a word or a few: the last days (7d, last 7 days), the running or the last ISO week or month (this week, last month), a
    /// month (2026-10), a day, or days from one to another (2026-10-01..2026-10-07). Null if they name none.
    /// </summary>
    public static StatsPeriod? Parse(string words, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = new DateOnly(today.Year, today.Month, 1);
        return words.ToLowerInvariant() switch
        {
            "today" => new(TextId.PeriodToday, today, today),
            "yesterday" => new(TextId.PeriodYesterday, today.AddDays(-1), today.AddDays(-1)),
            "week" or "this week" => new(TextId.PeriodWeek, monday, today),
            "lastweek" or "last week" => new(TextId.PeriodLastWeek, monday.AddDays(-7), monday.AddDays(-1)),
            "month" or "this month" => new(TextId.PeriodMonth, first, today),
            "lastmonth" or "last month" => new(TextId.PeriodLastMonth, first.AddMonths(-1), first.AddDays(-1)),
            var text when LastDays().Match(text) is { Success: true } last && int.TryParse(last.Groups[1].Value, out var days) && days is > 0 and <= 3660 =>
                new(TextId.PeriodDays, today.AddDays(1 - days), today),
            var text => OfDates(text),
        };
    }

    /// <summary>[From, To) in a zone.</summary>
    public (Ts From, Ts To) Bounds(TimeZoneInfo zone) => (LocalDay.Start(First, zone), LocalDay.Start(Last.AddDays(1), zone));

    /// <summary>How people call it.</summary>
    public string Name(Wording words) => words.Say(
        Title,
        ("count", Last.DayNumber - First.DayNumber + 1),
        ("month", First.ToString("MMMM yyyy", words.Culture)),
        ("from", First.ToString("d MMMM yyyy", words.Culture)),
        ("until", Last.ToString("d MMMM yyyy", words.Culture)));

    private static StatsPeriod? OfDates(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return new(TextId.PeriodNamedMonth, month, month.AddMonths(1).AddDays(-1));
        if (Day(text) is { } day)
            return new(TextId.PeriodDay, day, day);
        if (Range(text) is not { } range)
            return null;
        return new(TextId.PeriodRange, range.First, range.Last);
    }

    /// <summary>Days from one to another, as people write them: 2026-12-24..2026-12-31, or one day; null if it is neither.</summary>
    public static (DateOnly First, DateOnly Last)? Range(string text) => text.Split("..") switch
    {
        [var one] when Day(one) is { } day => (day, day),
        [var first, var last] when Day(first) is { } from && Day(last) is { } until => (from, until),
        _ => null,
    };

    [GeneratedRegex("^(?:last )?([0-9]{1,4}) ?d(?:ays?)?$")]
    private static partial Regex LastDays();

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
