using System.Text;

namespace Subot.Domain.Patterns;

/// <summary>
/// The words of a text as Elasticsearch's <c>standard</c> analyzer makes them: UAX #29 with its leanings (no emoji, Chinese and Hiragana
/// character by character), in lower case, cut where they are too long.
/// </summary>
internal static class Words
{
    /// <summary>The longest word, in UTF-16 units; what follows is the next one.</summary>
    public const int Longest = 255;

    /// <summary>The words of a text (as Slack sends it), one per line. No word contains a line end.</summary>
    public static string Lines(string text)
    {
        var lines = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = Length(rest, out var isWord);
            if (isWord)
            {
                if (lines.Length > 0)
                    lines.Append('\n');
                AppendLower(lines, rest[..length]);
            }

            rest = rest[(length > 0 ? length : Next(rest, out _))..];
        }

        return lines.ToString();
    }

    /// <summary>How long the word at the start of a text is; without a word 0, or the length of what joins no word.</summary>
    private static int Length(ReadOnlySpan<char> text, out bool isWord)
    {
        var (length, before) = (0, WordPart.None);
        isWord = false;
        while (length < text.Length)
        {
            var step = Next(text[length..], out var part);
            var belongs = part == WordPart.Extend ? length > 0 : Follows(part, before) || Joins(part, before, text[(length + step)..]);
            if (!belongs || length + step > Longest)
                break;
            length += step;
            if (Follows(part, before))
                (before, isWord) = (part, isWord || part != WordPart.Join);
        }

        return length;
    }

    private static bool Follows(WordPart part, WordPart before) => part switch
    {
        WordPart.Letter or WordPart.Digit => before is WordPart.None or WordPart.Letter or WordPart.Digit or WordPart.Join,
        WordPart.Katakana => before is WordPart.None or WordPart.Katakana or WordPart.Join,
        WordPart.Join => before is not (WordPart.Single or WordPart.Run),
        WordPart.Run => before is WordPart.None or WordPart.Run,
        WordPart.Single => before is WordPart.None,
        _ => false,
    };

    /// <summary>Whether a mark between letters or digits has one of them on both sides.</summary>
    private static bool Joins(WordPart mark, WordPart before, ReadOnlySpan<char> rest)
    {
        var joined = mark switch
        {
            WordPart.BetweenLetters => before == WordPart.Letter,
            WordPart.BetweenDigits => before == WordPart.Digit,
            WordPart.Between => before is WordPart.Letter or WordPart.Digit,
            _ => false,
        };
        var after = WordPart.Extend;
        while (joined && after == WordPart.Extend && !rest.IsEmpty)
            rest = rest[Next(rest, out after)..];
        return joined && after == before;
    }

    /// <summary>Appends in lower case, character by character; Java, other than .NET, has one for the dotted capital I.</summary>
    private static void AppendLower(StringBuilder lines, ReadOnlySpan<char> word)
    {
        if (Ascii.IsValid(word))
        {
            foreach (var c in word)
                lines.Append((char)(char.IsAsciiLetterUpper(c) ? c | 0x20 : c));
            return;
        }

        Span<char> units = stackalloc char[2];
        foreach (var rune in word.EnumerateRunes())
            lines.Append(units[..(rune.Value == 'İ' ? new Rune('i') : Rune.ToLowerInvariant(rune)).EncodeToUtf16(units)]);
    }

    /// <summary>The length of the next character, and what it does.</summary>
    private static int Next(ReadOnlySpan<char> text, out WordPart part)
    {
        // Half a character is decoded to a replacement, which separates.
        Rune.DecodeFromUtf16(text, out var rune, out var length);
        part = WordParts.Of(rune);
        return length;
    }
}
