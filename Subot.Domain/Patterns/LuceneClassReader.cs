using System.Text;

namespace Subot.Domain.Patterns;

/// <summary>Reads [a-z] and [^a-z] in Lucene's syntax, where nothing but a backslash, a dash and the closing bracket is special.</summary>
internal static class LuceneClassReader
{
    private const int MostTold = 8;

    /// <summary>Reads a class whose opening bracket has been taken.</summary>
    /// <param name="pair">A character of two UTF-16 units, for a class that says what it is not.</param>
    public static Expression Read(PatternCursor cursor, Expression pair)
    {
        var negated = cursor.TryTake('^');
        var source = new StringBuilder();
        var told = new SortedSet<char>();
        var many = negated;
        do
        {
            var from = ReadCharacter(cursor);
            var to = cursor.TryTake('-') ? ReadCharacter(cursor) : from;
            if (to < from)
                throw new FormatException($"'{from}-{to}' is no range: '{to}' comes before '{from}'");
            source.Append(LuceneReader.Source(from)).Append('-').Append(LuceneReader.Source(to));
            many |= to - from >= MostTold;
            for (int c = from; !many && c <= to; c++)
                told.Add((char)c);
        }
        while (cursor.More && cursor.Peek != ']');
        if (!cursor.TryTake(']'))
            throw new FormatException("a '[' has no ']'");

        // Neither takes the line end between two words.
        return negated
            ? new Expression.Choice([new Expression.Character($@"[^\n\ud800-\udfff{source}]", null), pair])
            : new Expression.Character($@"[{source}-[\n]]", many || told.Count > MostTold ? null : string.Concat(told));
    }

    private static char ReadCharacter(PatternCursor cursor)
    {
        cursor.TryTake('\\');
        var c = cursor.Take();
        return char.IsSurrogate(c) ? throw new FormatException("a character beyond U+FFFF in a class is not supported; write (a|b) instead of [ab]") : c;
    }
}
