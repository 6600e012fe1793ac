using System.Globalization;

namespace Subot.Domain.Patterns;

/// <summary>What a backslash and its followers mean in .NET's syntax.</summary>
internal static class RegexEscape
{
    /// <summary>Some character out of many.</summary>
    public static Expression.Character Many { get; } = new("", null);

    /// <summary>A character, in any case.</summary>
    public static Expression.Character Just(char c) => new("", CaseFolding.Fold(c).ToString());

    /// <summary>Reads what follows a backslash outside of a class.</summary>
    public static Expression Read(PatternCursor cursor)
    {
        var start = cursor.Position - 1;
        switch (cursor.Peek)
        {
            case 'b' or 'B' or 'A' or 'Z' or 'z':
                cursor.Take();
                return new Expression.Place();
            case 'G':
                throw new FormatException($"'{cursor.Since(start)}' needs the end of a previous match: \\G is not supported");
            case 'k' or (>= '1' and <= '9'):
            case '<' or '\'' when IsReference(cursor.Rest):
                throw new FormatException($"'{cursor.Since(start)}' needs backtracking: a back-reference is not supported; write out what is to be repeated");
            default:
                return ReadCharacter(cursor) is { } c ? Just(c) : Many;
        }
    }

    /// <summary>Reads what follows a backslash and stands for a character, also in a class; null: for one of many.</summary>
    public static char? ReadCharacter(PatternCursor cursor)
    {
        var c = cursor.Take();
        switch (c)
        {
            case 'w' or 'W' or 's' or 'S' or 'd' or 'D':
                return null;
            case 'p' or 'P':
                cursor.TakeUntil('}');
                return null;
            case 'x':
                return Hex(cursor, 2);
            case 'u':
                return Hex(cursor, 4);
            case 'c':
                return (char)(cursor.Take() & 0x1f);
            case >= '0' and <= '7':
                return Octal(cursor, c - '0');
            default:
                return c switch { 'a' => '\a', 'b' => '\b', 'e' => '\e', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', _ => c };
        }
    }

    private static char Hex(PatternCursor cursor, int digits)
    {
        var value = ushort.Parse(cursor.Rest[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        cursor.Skip(digits);
        return (char)value;
    }

    private static char Octal(PatternCursor cursor, int value)
    {
        for (var digits = 1; digits < 3 && cursor.More && cursor.Peek is >= '0' and <= '7'; digits++)
            value = value * 8 + (cursor.Take() - '0');
        return (char)(value & 0xff);
    }

    /// <summary>\&lt;name> and \'name' are references of old; \&lt; alone is a character.</summary>
    private static bool IsReference(ReadOnlySpan<char> rest)
    {
        var end = rest[1..].IndexOf(rest[0] == '<' ? '>' : '\'');
        foreach (var c in end < 1 ? default : rest[1..(end + 1)])
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
                return false;
        }

        return end >= 1;
    }
}
