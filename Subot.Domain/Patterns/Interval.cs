using System.Globalization;

namespace Subot.Domain.Patterns;

/// <summary>Whole numbers between two bounds, as an expression over their digits.</summary>
internal static class Interval
{
    private const int Base = 10;

    /// <summary>The numbers from one to another: written with this many digits, or with any number of leading zeros.</summary>
    public static Expression Of(int from, int to, int? digits)
    {
        if (digits is { } width)
            return Between(Written(from, width), Written(to, width));

        // One option for each length without leading zeros.
        var options = new List<Expression>();
        for (var (shortest, length) = (0L, 1); shortest <= to; shortest = Math.Max(Base, shortest * Base), length++)
        {
            var longest = Math.Max(Base, shortest * Base) - 1;
            if (from <= longest)
                options.Add(Between(Written(Math.Max(from, shortest), length), Written(Math.Min(to, longest), length)));
        }

        return new Expression.Sequence([new Expression.Repeat(Digit('0', '0'), 0, null), new Expression.Choice(options)]);
    }

    /// <summary>
    /// Numbers of the same length: the first digit as one of the bounds, then the rest within that bound; or between, then any.
    /// </summary>
    private static Expression Between(string from, string to)
    {
        if (from.Length == 0)
            return Expression.Empty;
        var (low, high, rest) = (from[0], to[0], from.Length - 1);
        if (low == high)
            return new Expression.Sequence([Digit(low, low), Between(from[1..], to[1..])]);
        List<Expression> options =
        [
            new Expression.Sequence([Digit(low, low), Between(from[1..], new string('9', rest))]),
            new Expression.Sequence([Digit(high, high), Between(new string('0', rest), to[1..])]),
        ];
        if (low + 1 < high)
            options.Add(new Expression.Sequence([Digit((char)(low + 1), (char)(high - 1)), new Expression.Repeat(Digit('0', '9'), rest, rest)]));
        return new Expression.Choice(options);
    }

    private static Expression.Character Digit(char from, char to) =>
        new($"[{from}-{to}]", string.Concat(Enumerable.Range(from, to - from + 1).Select(d => (char)d)));

    private static string Written(long number, int length) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
}
