using System.Globalization;

namespace Subot.Domain.Settings;

/// <summary>Times of a local day, in minutes after midnight, as people write them.</summary>
public static class TimeOfDay
{
    private static readonly string[] s_forms = ["H:mm", "HH:mm"];

    /// <summary>The minutes of a time such as 9:30; null if it is none.</summary>
    public static int? Parse(string? text) =>
        TimeOnly.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;

    /// <summary>Such as 09:30; the end of a day is 24:00.</summary>
    public static string Write(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:D2}:{minute % 60:D2}");
}
