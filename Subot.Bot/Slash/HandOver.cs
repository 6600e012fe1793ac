using Subot.Bot.Words;

namespace Subot.Bot.Slash;

/// <summary>Days of a hand-over, as people type them.</summary>
internal static class HandOver
{
    private const int ShortestDay = 3;

    /// <summary>A weekday by its name in a language of the bot, or the first three letters or more of it; null if it is none.</summary>
    public static DayOfWeek? Weekday(string word)
    {
        if (word.Length < ShortestDay)
            return null;
        foreach (var culture in new[] { Cultures.English, Cultures.French })
        {
            if (Array.FindIndex(culture.DateTimeFormat.DayNames, d => d.StartsWith(word, StringComparison.OrdinalIgnoreCase)) is var day and >= 0)
                return (DayOfWeek)day;
        }

        return null;
    }
}
