using System.Text.RegularExpressions;

namespace Subot.Domain.Patterns;

/// <summary>A pattern made ready.</summary>
/// <param name="Regex">Decides: over the text, or over its words, one per line.</param>
/// <param name="Literals">Which characters a match contains.</param>
internal sealed record CompiledPattern(Regex Regex, Literals Literals)
{
    private const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Makes a pattern ready.</summary>
    /// <exception cref="FormatException">It cannot be used; the message says why.</exception>
    public static CompiledPattern Of(Pattern pattern, TimeSpan timeout)
    {
        if (string.IsNullOrWhiteSpace(pattern.Text))
            throw new FormatException("the pattern is empty");
        if (pattern.Text.Length > Pattern.MaxLength)
            throw new FormatException($"the pattern has {pattern.Text.Length:#,##0} characters; {Pattern.MaxLength:#,##0} are the most");
        return pattern.Kind switch
        {
            PatternKind.Regex => OfRegex(pattern.Text, timeout),
            PatternKind.Word => OfWord(pattern.Text, timeout),
            _ => throw new FormatException($"'{pattern.Kind}' is no kind of pattern"),
        };
    }

    private static CompiledPattern OfRegex(string text, TimeSpan timeout)
    {
        // .NET's own reader tells best what is wrong; this Regex is never run. Ours then relies on a well-formed pattern.
        try
        {
            _ = new Regex(text, AnyCase);
        }
        catch (RegexParseException e)
        {
            throw new FormatException(e.Message, e);
        }

        var expression = RegexReader.Read(text);
        if (expression.MayBeEmpty)
            throw new FormatException($"'{text}' matches without any character, so it would match every text");
        return Build(expression, text, AnyCase, timeout);
    }

    private static CompiledPattern OfWord(string text, TimeSpan timeout)
    {
        var expression = LuceneReader.Read(text);
        return Build(expression, $"^(?:{expression})$", RegexOptions.Multiline | RegexOptions.CultureInvariant, timeout);
    }

    private static CompiledPattern Build(Expression expression, string source, RegexOptions options, TimeSpan timeout)
    {
        if (expression.Counted > Pattern.MaxCounted)
            throw new FormatException($"the pattern is too large: its counted repetitions, such as {{1,50}}, stand for more than "
                + $"{Pattern.MaxCounted} characters (one within another counts sixfold); use smaller counts, * or +");
        try
        {
            return new CompiledPattern(new Regex(source, options | RegexOptions.NonBacktracking, timeout), Literals.Of(expression));
        }
        catch (NotSupportedException e)
        {
            throw new FormatException($"the pattern needs backtracking, which is not supported: {e.Message}", e);
        }
    }
}
