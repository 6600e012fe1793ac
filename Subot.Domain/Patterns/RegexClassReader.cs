namespace Subot.Domain.Patterns;

/// <summary>Reads [a-z], [^a-z] and [a-z-[aeiou]] in .NET's syntax.</summary>
internal static class RegexClassReader
{
    private const int MostTold = 8;

    /// <summary>Reads a class whose opening bracket has been taken.</summary>
    public static Expression.Character Read(PatternCursor cursor)
    {
        var told = new SortedSet<char>();
        var many = cursor.TryTake('^');
        for (var first = true; first || cursor.Peek != ']'; first = false)
        {
            // Not at the start, -[ takes another class away; what is left is still in the first.
            if (!first && cursor.Rest.StartsWith("-["))
            {
                cursor.Skip(2);
                Read(cursor);
                continue;
            }

            if (ReadItem(cursor) is not { } from)
            {
                many = true;
                continue;
            }

            var to = from;
            if (cursor.Rest is ['-', not (']' or '['), ..])
            {
                cursor.Take();
                to = ReadItem(cursor) ?? from;
            }

            many |= to - from >= MostTold;
            for (int c = from; !many && c <= to; c++)
                told.Add(CaseFolding.Fold((char)c));
        }

        cursor.Take();
        return many || told.Count > MostTold ? RegexEscape.Many : new Expression.Character("", string.Concat(told));
    }

    /// <summary>A character, or null where it is one of many.</summary>
    private static char? ReadItem(PatternCursor cursor)
    {
        var start = cursor.Position;
        switch (cursor.Take())
        {
            case '\\':
                return RegexEscape.ReadCharacter(cursor);
            case '[' when cursor.More && cursor.Peek == ':':
                throw new FormatException($"'{cursor.Since(start)}' in a class is not supported: write \\w, \\d or \\p{{L}} instead of a name between colons");
            case var c:
                return c;
        }
    }
}
