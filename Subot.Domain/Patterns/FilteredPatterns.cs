using System.Text.RegularExpressions;

namespace Subot.Domain.Patterns;

/// <summary>Patterns over one form of a text. Most of them are ruled out by one search for what they need to contain.</summary>
internal sealed class FilteredPatterns
{
    private readonly (int Owner, Regex Regex)[] _patterns;
    private readonly bool[] _alwaysRun;
    private readonly LiteralSearch _search;

    /// <param name="patterns">Each with the number of what it belongs to.</param>
    public FilteredPatterns(IReadOnlyList<(int Owner, CompiledPattern Pattern)> patterns)
    {
        _patterns = [.. patterns.Select(p => (p.Owner, p.Pattern.Regex))];
        _alwaysRun = [.. patterns.Select(p => p.Pattern.Literals.Required is null)];
        _search = new LiteralSearch(patterns.Index()
            .Where(p => p.Item.Pattern.Literals.Required is not null)
            .Select(p => (p.Index, p.Item.Pattern.Literals.Required!.AsEnumerable())));
    }

    /// <summary>Marks what one of its patterns matches; what is marked already is not asked again.</summary>
    /// <returns>Whether a pattern took too long, which then counts as no match.</returns>
    public bool Match(string text, Span<bool> matched)
    {
        if (_patterns.Length == 0)
            return false;
        bool[] run = [.. _alwaysRun];
        _search.Find(text, run);
        var timedOut = false;
        for (var i = 0; i < _patterns.Length; i++)
        {
            var (owner, regex) = _patterns[i];
            if (!run[i] || matched[owner])
                continue;
            try
            {
                matched[owner] = regex.IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
                timedOut = true;
            }
        }

        return timedOut;
    }
}
