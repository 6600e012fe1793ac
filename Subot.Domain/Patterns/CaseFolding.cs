namespace Subot.Domain.Patterns;

/// <summary>
/// One character for all that a regular expression takes for the same when case does not matter, and for some more: Turkish i, the
/// Kelvin sign and the long s count as i, k and s. Coarser does no harm where it only says what is worth a closer look.
/// </summary>
internal static class CaseFolding
{
    /// <summary>The character that stands for this one.</summary>
    public static char Fold(char c)
    {
        if (char.IsAscii(c))
            return char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        return c switch
        {
            'İ' or 'ı' => 'i',
            '\u212a' => 'k',
            'ſ' => 's',
            _ => char.ToLowerInvariant(char.ToUpperInvariant(c)),
        };
    }
}
