using System.Globalization;

namespace Subot.Domain.Patterns;

/// <summary>
/// Reads the syntax of Lucene 7's RegExp with all its operators, as Elasticsearch 6 did, into what .NET can match against one line. What
/// has no counterpart is refused by name.
/// </summary>
internal sealed class LuceneReader
{
    private const int MaxDepth = 50;

    // Lucene counts code points, .NET UTF-16 units.
    private static readonly Expression s_pair = new Expression.Sequence([Many(@"[\ud800-\udbff]"), Many(@"[\udc00-\udfff]")]);
    private static readonly Expression s_anyCharacter = new Expression.Choice([Many(@"[^\n\ud800-\udfff]"), s_pair]);
    private static readonly Expression s_anyString = new Expression.Repeat(Many(@"[^\n]"), 0, null);

    private readonly PatternCursor _cursor;
    private int _depth;

    private LuceneReader(string text) => _cursor = new PatternCursor(text);

    /// <summary>What a pattern says.</summary>
    /// <exception cref="FormatException">It is not well-formed, or uses what is not supported; the message says what.</exception>
    public static Expression Read(string text)
    {
        var reader = new LuceneReader(text);
        var expression = reader.ReadChoice();
        return reader._cursor.More ? throw new FormatException("a ')' has no '('") : expression;
    }

    private Expression ReadChoice()
    {
        if (++_depth > MaxDepth)
            throw new FormatException($"the pattern is too large: its groups are nested more than {MaxDepth} deep");
        var options = new List<Expression> { ReadSequence() };
        while (_cursor.TryTake('|'))
            options.Add(ReadSequence());
        _depth--;
        return options.Count == 1 ? options[0] : new Expression.Choice(options);
    }

    private Expression.Sequence ReadSequence()
    {
        // Where an item is due, any character is one, even ')' or '|'.
        var parts = new List<Expression> { ReadRepeated() };
        while (_cursor.More && _cursor.Peek is not (')' or '|'))
        {
            if (_cursor.Peek == '&')
                throw new FormatException(@"'&' (both must match) is not supported; write \& for the character");
            parts.Add(ReadRepeated());
        }

        return new Expression.Sequence(parts);
    }

    private Expression ReadRepeated()
    {
        var item = ReadItem();
        while (_cursor.More)
        {
            if (_cursor.TryTake('?'))
                item = new Expression.Repeat(item, 0, 1);
            else if (_cursor.TryTake('*'))
                item = item == s_anyCharacter ? s_anyString : new Expression.Repeat(item, 0, null);
            else if (_cursor.TryTake('+'))
                item = new Expression.Repeat(item, 1, null);
            else if (_cursor.TryTake('{'))
                item = ReadCounted(item);
            else
                break;
        }

        return item;
    }

    private Expression ReadCounted(Expression item)
    {
        var counts = _cursor.TakeUntil('}');
        var comma = counts.IndexOf(',');
        var min = Number(comma < 0 ? counts : counts[..comma]);
        int? max = comma < 0 ? min : comma == counts.Length - 1 ? null : Number(counts[(comma + 1)..]);
        return min > max ? Expression.Nothing : new Expression.Repeat(item, min, max);
    }

    private Expression ReadItem()
    {
        switch (_cursor.Take())
        {
            case '~':
                throw new FormatException(@"'~' (anything but) is not supported; write \~ for the character");
            case '[':
                return LuceneClassReader.Read(_cursor, s_pair);
            case '.':
                return s_anyCharacter;
            case '#':
                return Expression.Nothing;
            case '@':
                return s_anyString;
            case '"':
                return Text(_cursor.TakeUntil('"'));
            case '(' when _cursor.TryTake(')'):
                return Expression.Empty;
            case '(':
                var inner = ReadChoice();
                return _cursor.TryTake(')') ? inner : throw new FormatException("a '(' has no ')'");
            case '<':
                return ReadInterval(_cursor.TakeUntil('>'));
            case '\\':
                return ReadCharacter(_cursor.Take());
            case var c:
                return ReadCharacter(c);
        }
    }

    private Expression ReadCharacter(char c) =>
        char.IsHighSurrogate(c) ? new Expression.Sequence([Just(c), Just(_cursor.Take())]) : Just(c);

    private static Expression.Sequence Text(ReadOnlySpan<char> text)
    {
        var parts = new List<Expression>();
        foreach (var c in text)
            parts.Add(Just(c));
        return new Expression.Sequence(parts);
    }

    /// <summary>&lt;1-12>: numbers with leading zeros; of as many digits as the bounds, where these have the same.</summary>
    private static Expression ReadInterval(ReadOnlySpan<char> bounds)
    {
        var dash = bounds.IndexOf('-');
        if (dash < 0)
            throw new FormatException($"'<{bounds}>' (a named expression) is not supported; write \\< for the character");
        var first = bounds[..dash];
        var second = bounds[(dash + 1)..];
        var (from, to) = (Number(first), Number(second));
        return Interval.Of(Math.Min(from, to), Math.Max(from, to), first.Length == second.Length ? first.Length : null);
    }

    private static int Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{digits}' is no number; write for example {{2,5}} or <1-99>, or \\{{ and \\< for the characters");

    // A line end cannot be in a word.
    private static Expression Just(char c) => c == '\n' ? Expression.Nothing : new Expression.Character(Source(c), c.ToString());

    private static Expression.Character Many(string source) => new(source, null);

    /// <summary>A character as .NET writes it, in a class or outside.</summary>
    public static string Source(char c) => char.IsAsciiLetterOrDigit(c) ? c.ToString() : $@"\u{(int)c:x4}";
}
