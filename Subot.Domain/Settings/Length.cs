using System.Globalization;

namespace Subot.Domain.Settings;

/// <summary>Lengths of time as people write them: 90s, 10m, 1h, 14d, 2w.</summary>
public static class Length
{
    private const long Most = 100_000;

    private static readonly (char Unit, long Seconds)[] s_units = [('w', 604_800), ('d', 86_400), ('h', 3600), ('m', 60), ('s', 1)];

    /// <summary>Reads one, in seconds.</summary>
    public static bool TryParse(string text, out long seconds)
    {
        seconds = 0;
        if (text.Length < 2 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Most)
            return false;
        seconds = number * s_units.FirstOrDefault(u => u.Unit == text[^1]).Seconds;
        return seconds > 0;
    }

    /// <summary>Seconds in the largest unit that gives a whole number.</summary>
    public static string Format(long seconds)
    {
        var (unit, size) = s_units.First(u => seconds % u.Seconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / size}{unit}");
    }
}
