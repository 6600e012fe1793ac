using System.Text.RegularExpressions;
using NUnit.Framework;
using Subot.Domain.Patterns;

namespace Subot.Tests.Domain.Patterns;

/// <summary>The search that rules patterns out ignores case no less than .NET's regular expressions do.</summary>
public sealed class CaseTests
{
    [Test]
    public void Every_two_characters_that_a_regex_takes_for_the_same_are_the_same_in_a_pattern()
    {
        var pairs = Pairs();
        Assert.That(pairs, Has.Count.GreaterThan(2000).And.Member(('k', '\u212a')).And.Member(('É', 'é')));

        // Three times, so that the literal is worth a search.
        var matcher = Patient.Matcher(pairs.Select(p => p.Pattern).Distinct()
            .Select(c => (c.ToString(), (IReadOnlyList<Pattern>)[new Pattern(PatternKind.Regex, Regex.Escape(new string(c, 3)))])));
        var missed = from texts in pairs.GroupBy(p => p.Text, p => p.Pattern)
                     let ids = matcher.Match(new string(texts.Key, 3)).Ids
                     from pattern in texts
                     where !ids.Contains(pattern.ToString())
                     select $"{pattern} {texts.Key}";

        Assert.That(missed, Is.Empty);
    }

    private static List<(char Pattern, char Text)> Pairs()
    {
        var all = string.Concat(Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c));
        var pairs = new List<(char, char)>();
        foreach (var c in all)
        {
            foreach (var match in new Regex(Regex.Escape(c.ToString()), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant).EnumerateMatches(all))
            {
                if (all[match.Index] != c)
                    pairs.Add((c, all[match.Index]));
            }
        }

        return pairs;
    }
}
