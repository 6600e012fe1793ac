namespace Subot.Domain.Facts;

/// <summary>
/// Tells a courtesy: a message whose every word (without emoji, mentions and punctuation) is in the list below. It asks nothing and
/// answers nothing, so it moves no clock.
/// </summary>
public static class Courtesy
{
    // English and French; short on purpose. A word that could carry an answer ("yes", "no", "done") is not a courtesy.
    private static readonly HashSet<string> s_words = new(StringComparer.Ordinal)
    {
        "thanks", "thank", "you", "thx", "ty", "tysm", "cheers", "ok", "okay", "k", "kk", "great", "perfect", "cool", "nice", "awesome",
        "super", "so", "very", "much", "a", "lot", "many", "again", "all", "np", "welcome", "youre", "you're", "lol", "hehe", "haha",
        "merci", "beaucoup", "bien", "top", "parfait", "génial", "nickel", "d'accord", "daccord", "dac", "bonne", "journée", "de", "rien",
        "à", "toi", "vous", "tous",
    };

    private const int MaxWordLength = 16;

    /// <summary>
    /// Whether the text (in Slack's form, with &lt;@U1&gt; and :emoji:) is a courtesy. Only emoji is one; nothing at all is not.
    /// </summary>
    public static bool Is(string text, bool hasFiles)
    {
        if (hasFiles || string.IsNullOrWhiteSpace(text))
            return false;

        Span<char> lower = stackalloc char[MaxWordLength];
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (rest[0] == '<' && TrySkip(rest, '>', out var afterLink))
            {
                // A mention is nobody's word; a link or a channel says something.
                if (!rest.StartsWith("<@"))
                    return false;
                rest = afterLink;
            }
            else if (rest[0] == ':' && TrySkipEmoji(rest, out var afterEmoji))
            {
                rest = afterEmoji;
            }
            else if (IsWordPart(rest[0]))
            {
                var length = 1;
                while (length < rest.Length && IsWordPart(rest[length]))
                    length++;
                if (length > MaxWordLength || !s_words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Lower(rest[..length], lower[..length])))
                    return false;
                rest = rest[length..];
            }
            else
            {
                rest = rest[1..];
            }
        }

        return true;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '\'' or '’';

    private static ReadOnlySpan<char> Lower(ReadOnlySpan<char> word, Span<char> buffer)
    {
        word.ToLowerInvariant(buffer);
        buffer.Replace('’', '\'');
        return buffer.Trim('\'');
    }

    private static bool TrySkip(ReadOnlySpan<char> text, char end, out ReadOnlySpan<char> rest)
    {
        var close = text.IndexOf(end);
        rest = close < 0 ? text : text[(close + 1)..];
        return close >= 0;
    }

    private static bool TrySkipEmoji(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] is '_' or '-' or '+'))
            length++;
        rest = length < text.Length ? text[(length + 1)..] : text;
        return length > 1 && length < text.Length && text[length] == ':';
    }
}
