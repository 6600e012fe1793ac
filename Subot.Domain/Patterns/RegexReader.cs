using System.Globalization;

namespace Subot.Domain.Patterns;

/// <summary>
/// Reads .NET's syntax, of patterns that .NET has accepted. What needs backtracking is refused by name, and so is what is misread more
/// often than meant.
/// </summary>
internal sealed class RegexReader
{
    private const int MaxDepth = 50;

    private readonly PatternCursor _cursor;
    private int _depth;

    private RegexReader(string text) => _cursor = new PatternCursor(text);

    /// <summary>What a pattern says.</summary>
    /// <exception cref="FormatException">It uses what is not supported; the message names it.</exception>
    public static Expression Read(string text) => new RegexReader(text).ReadChoice();

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
        var parts = new List<Expression>();
        for (SkipComments(); _cursor.More && _cursor.Peek is not ('|' or ')'); SkipComments())
        {
            var part = ReadPart();
            SkipComments();
            parts.Add(TryReadRepeat(out var min, out var max) ? new Expression.Repeat(part, min, max) : part);
        }

        return new Expression.Sequence(parts);
    }

    /// <summary>(?#...), which may also stand between a part and its repetition.</summary>
    private void SkipComments()
    {
        while (_cursor.Rest.StartsWith("(?#"))
            _cursor.TakeUntil(')');
    }

    private Expression ReadPart() => _cursor.Take() switch
    {
        '(' => ReadGroup(),
        '[' => RegexClassReader.Read(_cursor),
        '.' => RegexEscape.Many,
        '^' or '$' => new Expression.Place(),
        '\\' => RegexEscape.Read(_cursor),
        var c => RegexEscape.Just(c),
    };

    private Expression ReadGroup()
    {
        var start = _cursor.Position - 1;
        if (!_cursor.TryTake('?'))
            return EndGroup(ReadChoice());
        switch (_cursor.Take())
        {
            case ':':
                return EndGroup(ReadChoice());
            case '=' or '!':
                throw Backtracking(start, "look-ahead");
            case '>':
                throw Backtracking(start, "an atomic group");
            case '(':
                throw Backtracking(start, "a condition");
            case '<' when _cursor.More && _cursor.Peek is '=' or '!':
                throw Backtracking(start, "look-behind");
            case '<':
                return ReadNamed(start, '>');
            case '\'':
                return ReadNamed(start, '\'');
            default:
                _cursor.Back();
                return ReadOptions(start);
        }
    }

    private Expression ReadNamed(int start, char end)
    {
        var name = _cursor.TakeUntil(end);
        return name.Contains('-') ? throw Backtracking(start, "a balancing group") : EndGroup(ReadChoice());
    }

    /// <summary>(?i) or (?i:...). Options change case, lines and captures, none of which matters here.</summary>
    private Expression ReadOptions(int start)
    {
        while (_cursor.Take() is var c)
        {
            switch (c)
            {
                case 'x':
                    throw new FormatException($"'{_cursor.Since(start)}' is not supported: in a pattern a blank is a blank");
                case ')':
                    return Expression.Empty;
                case ':':
                    return EndGroup(ReadChoice());
            }
        }

        throw new FormatException("unreachable: .NET has accepted the pattern");
    }

    private Expression EndGroup(Expression inner)
    {
        _cursor.TryTake(')');
        return inner;
    }

    private FormatException Backtracking(int start, string what) => new(
        $"'{_cursor.Since(start)}' needs backtracking: {what} is not supported; match what stands there itself, or write two patterns");

    private bool TryReadRepeat(out int min, out int? max)
    {
        (min, max) = (0, null);
        if (!_cursor.More)
            return false;
        switch (_cursor.Peek)
        {
            case '*':
                _cursor.Take();
                break;
            case '+':
                _cursor.Take();
                min = 1;
                break;
            case '?':
                _cursor.Take();
                max = 1;
                break;
            case '{' when TryReadCounts(out min, out max):
                break;
            default:
                return false;
        }

        // Lazy or not: whether there is a match is the same.
        _cursor.TryTake('?');
        return true;
    }

    /// <summary>{2}, {2,} or {2,3}; any other brace is a character.</summary>
    private bool TryReadCounts(out int min, out int? max)
    {
        (min, max) = (0, null);
        var counts = _cursor.Rest[1..];
        var first = Digits(counts);
        var comma = first < counts.Length && counts[first] == ',' ? 1 : 0;
        var second = comma * Digits(counts[(first + comma)..]);
        var length = first + comma + second;
        if (first == 0 || length == counts.Length || counts[length] != '}')
            return false;
        min = Number(counts[..first]);
        max = comma == 0 ? min : second == 0 ? null : Number(counts[(first + 1)..length]);
        _cursor.Skip(length + 2);
        return true;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
            length++;
        return length;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
