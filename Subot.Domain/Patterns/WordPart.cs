using System.Globalization;
using System.Text;

namespace Subot.Domain.Patterns;

/// <summary>What a character does to the words around it: Unicode's word break property (UAX #29), as far as it matters here.</summary>
internal enum WordPart : byte
{
    /// <summary>Separates.</summary>
    None,

    /// <summary>A letter of an alphabet.</summary>
    Letter,

    Digit,

    Katakana,

    /// <summary>The underscore and its like: joins all of the above and belongs to the word.</summary>
    Join,

    /// <summary>Joins two letters, as the colon.</summary>
    BetweenLetters,

    /// <summary>Joins two digits, as the comma.</summary>
    BetweenDigits,

    /// <summary>Joins two of either, as the dot and the apostrophe.</summary>
    Between,

    /// <summary>An accent or an invisible character: belongs to what is before it.</summary>
    Extend,

    /// <summary>A word of its own: Chinese and Hiragana.</summary>
    Single,

    /// <summary>Of a script without blanks, as Thai: a run is a word.</summary>
    Run,
}

/// <summary>Tells parts of words.</summary>
internal static class WordParts
{
    /// <summary>What a character is.</summary>
    public static WordPart Of(Rune rune) => rune.Value switch
    {
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' => WordPart.Letter,
        >= '0' and <= '9' => WordPart.Digit,
        '_' => WordPart.Join,
        ':' => WordPart.BetweenLetters,
        ',' or ';' => WordPart.BetweenDigits,
        '.' or '\'' => WordPart.Between,
        < 0x80 => WordPart.None,
        _ => BeyondAscii(rune),
    };

    private static WordPart BeyondAscii(Rune rune) => rune.Value switch
    {
        0x00b7 or 0x0387 or 0x05f4 or 0x2027 or 0xfe13 or 0xfe55 or 0xff1a => WordPart.BetweenLetters,
        0x037e or 0x0589 or 0x060c or 0x060d or 0x066c or 0x07f8 or 0x2044 or 0xfe10 or 0xfe14 or 0xfe50 or 0xfe54 or 0xff0c or 0xff1b
            => WordPart.BetweenDigits,
        0x2018 or 0x2019 or 0x2024 or 0xfe52 or 0xff07 or 0xff0e => WordPart.Between,
        0x200b => WordPart.None,
        >= 0x24b6 and <= 0x24e9 => WordPart.Letter,
        _ => ByCategory(rune),
    };

    private static WordPart ByCategory(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.DecimalDigitNumber:
                return WordPart.Digit;
            case UnicodeCategory.ConnectorPunctuation:
                return WordPart.Join;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                return IsUnspaced(rune.Value) ? WordPart.Run : WordPart.Extend;
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber:
                return OfLetter(rune.Value);
            default:
                // The marks of Katakana that are no letters, and squared words.
                return rune.Value is 0x309b or 0x309c or 0x30a0 or (>= 0x32d0 and <= 0x32fe) or (>= 0x3300 and <= 0x3357)
                    ? WordPart.Katakana
                    : IsHan(rune.Value) ? WordPart.Single : WordPart.None;
        }
    }

    private static WordPart OfLetter(int letter) => letter switch
    {
        < 0x0e00 => WordPart.Letter,
        (>= 0x3041 and <= 0x3096) or (>= 0x309d and <= 0x309f) => WordPart.Single,
        (>= 0x3031 and <= 0x3035) or (>= 0x30a1 and <= 0x30ff) or (>= 0x31f0 and <= 0x31ff) or (>= 0xff66 and <= 0xff9f) => WordPart.Katakana,
        _ when IsHan(letter) => WordPart.Single,
        _ when IsUnspaced(letter) => WordPart.Run,
        _ => WordPart.Letter,
    };

    private static bool IsHan(int c) => c is (>= 0x2e80 and <= 0x2fd5) or 0x3005 or 0x3007 or (>= 0x3021 and <= 0x3029) or (>= 0x3038 and <= 0x303b)
        or (>= 0x3400 and <= 0x4dbf) or (>= 0x4e00 and <= 0x9fff) or (>= 0xf900 and <= 0xfaff) or (>= 0x20000 and <= 0x3ffff);

    /// <summary>Thai, Lao, Myanmar, Khmer, Tai.</summary>
    private static bool IsUnspaced(int c) => c is (>= 0x0e00 and <= 0x0eff) or (>= 0x1000 and <= 0x109f) or (>= 0x1780 and <= 0x17dd)
        or (>= 0x1950 and <= 0x19df) or (>= 0x1a20 and <= 0x1aad) or (>= 0xaa60 and <= 0xaadf);
}
