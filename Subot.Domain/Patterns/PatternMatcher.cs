using System.Collections.Frozen;

namespace Subot.Domain.Patterns;

/// <summary>
/// Tells which tools or labels a text is about. Made once for a version of the settings, used by any number of threads; what a pattern
/// costs that does not match is next to nothing.
/// </summary>
public sealed class PatternMatcher
{
    private readonly string[] _ids;
    private readonly FilteredPatterns _regexes;
    private readonly FilteredPatterns _words;
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _plainWords;
    private readonly bool _asksWords;

    /// <summary>Makes the patterns ready.</summary>
    /// <param name="patterns">Tools or labels, each with its patterns: one that matches is enough.</param>
    /// <param name="matchTimeout">Instead of <see cref="Pattern.MatchTimeout"/>.</param>
    /// <exception cref="FormatException">A pattern cannot be used; <see cref="Pattern.Problem"/> tells so before.</exception>
    public PatternMatcher(IEnumerable<(string Id, IReadOnlyList<Pattern> Patterns)> patterns, TimeSpan? matchTimeout = null)
    {
        var all = patterns.ToList();
        _ids = [.. all.Select(p => p.Id)];
        var regexes = new List<(int, CompiledPattern)>();
        var words = new List<(int, CompiledPattern)>();
        var plainWords = new List<(string Word, int Owner)>();
        foreach (var (owner, (_, owned)) in all.Index())
        {
            foreach (var pattern in owned)
            {
                var compiled = CompiledPattern.Of(pattern, matchTimeout ?? Pattern.MatchTimeout);
                if (pattern.Kind == PatternKind.Regex)
                    regexes.Add((owner, compiled));
                else if (compiled.Literals.All is { } few)
                    plainWords.AddRange(few.Select(word => (word, owner)));
                else
                    words.Add((owner, compiled));
            }
        }

        _regexes = new FilteredPatterns(regexes);
        _words = new FilteredPatterns(words);
        _plainWords = plainWords.GroupBy(w => w.Word, w => w.Owner)
            .ToFrozenDictionary(w => w.Key, w => w.ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _asksWords = words.Count + plainWords.Count > 0;
    }

    /// <summary>What a text (as Slack sends it) is about.</summary>
    public PatternMatches Match(string text)
    {
        var matched = new bool[_ids.Length];
        var timedOut = _regexes.Match(SlackText.Decode(text), matched);
        if (_asksWords && Words.Lines(text) is { Length: > 0 } words)
        {
            MatchPlainWords(words, matched);
            timedOut |= _words.Match(words, matched);
        }

        List<string> ids = [.. _ids.Where((_, owner) => matched[owner])];
        return ids.Count == 0 && !timedOut ? PatternMatches.None : new PatternMatches(ids, timedOut);
    }

    private void MatchPlainWords(ReadOnlySpan<char> words, Span<bool> matched)
    {
        foreach (var word in words.Split('\n'))
        {
            if (!_plainWords.TryGetValue(words[word], out var owners))
                continue;
            foreach (var owner in owners)
                matched[owner] = true;
        }
    }
}
