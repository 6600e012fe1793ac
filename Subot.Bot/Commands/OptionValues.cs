using System.CommandLine;
using System.Globalization;

namespace Subot.Bot.Commands;

/// <summary>
/// Values of options that are more than text. What is none is told in words, with an example: System.CommandLine would name a type.
/// </summary>
internal static class OptionValues
{
    /// <summary>A day such as 2026-01-31.</summary>
    public static Option<DateOnly> AsDay(this Option<DateOnly> option) => option.Reading(
        text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        "no day. Write for example 2026-01-31.");

    /// <summary>A whole number of a range.</summary>
    /// <param name="otherwise">What is said of everything else: "no port. Write ...".</param>
    public static Option<int> AsNumber(this Option<int> option, int least, int most, string otherwise) => option.Reading(
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null,
        otherwise);

    private static Option<T> Reading<T>(this Option<T> option, Func<string, T?> read, string otherwise)
        where T : struct
    {
        option.CustomParser = given =>
        {
            var text = given.Tokens[0].Value;
            if (read(text) is { } value)
                return value;
            given.AddError($"{option.Name} {text} is {otherwise}");
            return default;
        };
        return option;
    }
}
