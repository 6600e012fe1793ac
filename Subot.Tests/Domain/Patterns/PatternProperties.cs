using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain.Patterns;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.Patterns;

/// <summary>Many patterns at once match what each of them matches alone, told without Subot.</summary>
public sealed class PatternProperties
{
    private static readonly string[] s_letters = ["a", "b", "i", "I", "İ", "ı", "k", "K", "\u212a", "s", "ſ", "ß", "ẞ", "é", "É", "e\u0301", "σ", "ς", "Σ", "1", "_", "𐐀"];

    private static readonly Gen<string> s_text =
        from parts in Gen.Elements(s_letters.Concat([" ", " ", "&amp;", "&lt;", "\n", "-", "ab", "kiss"])).ListOf()
        select string.Concat(parts);

    private static readonly Gen<string> s_atom = Gen.Frequency(
        (12, Gen.Elements(s_letters)),
        (3, Gen.Elements("ab", "kiss", "&", "<", " ", "-", "{", "]", "x{,2}")),
        (3, Gen.Elements(".", @"\w", @"\d", @"\s", @"\S", @"\p{Lu}", "[^a]", "[a-z]")),
        (3, Gen.Elements("[ik]", "[a-c]", "[É1]", "[]a]", "[a-k-[b-i]]", @"[\x41-\u0043_]", "[K-M]", "[Y-a]", @"[\w-[a]]", "[-[a]", "[a-]")),
        (2, Gen.Elements(@"\x61", @"\u0130", @"\-", @"\t", @"\041", "(?#k x:)", "(?i)", "(?-i)", "(?s)")),
        (2, Gen.Elements(@"\b", @"\B", "^", "$", @"\A", @"\z", @"\Z")));

    private static readonly Gen<string> s_regex = Gen.Sized(size => Choice(Math.Min(size, 12)));

    [Test]
    public void Regexes_match_what_they_match_alone()
    {
        var (usable, matches) = (0, 0);
        Prop.ForAll(s_regex.ListOf(4).ToArbitrary(), s_text.ListOf(6).ToArbitrary(), (regexes, texts) =>
        {
            var patterns = regexes.Select(r => new Pattern(PatternKind.Regex, r)).Where(p => Pattern.Problem(p) is null).Distinct().ToList();
            usable += patterns.Count;
            matches += Compare(patterns, texts, (pattern, text) => Regex.IsMatch(
                text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal),
                pattern,
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        }).Check(Runs(1500));
        Assert.That(usable, Is.GreaterThan(1500), "patterns were usable");
        Assert.That(matches, Is.GreaterThan(1500), "patterns matched");
    }

    [Test]
    public void A_regex_is_refused_only_when_it_is_not_one_or_may_be_empty() =>
        Prop.ForAll(s_regex.ToArbitrary(), regex =>
        {
            if (Pattern.Problem(new Pattern(PatternKind.Regex, regex)) is not { } problem)
                return !Regex.IsMatch("", regex);
            return problem.Contains("would match every text", StringComparison.Ordinal) || problem.Contains("is empty", StringComparison.Ordinal)
                || problem.StartsWith("Invalid pattern", StringComparison.Ordinal) || problem.Contains("counted repetitions", StringComparison.Ordinal);
        }).Check(Runs(2000));

    [Test]
    public void Words_match_what_they_match_alone()
    {
        var matches = 0;
        var words = from length in Gen.Choose(0, 8) from parts in Gen.Elements(s_letters.Concat(["2", "12", "ab", "d"])).ListOf(length) select string.Concat(parts);
        Prop.ForAll(LuceneOracle.Any.ListOf(4).ToArbitrary(), words.ListOf(6).ToArbitrary(), (oracles, texts) =>
        {
            var usable = oracles.DistinctBy(o => o.Text).Where(o => Pattern.Problem(new Pattern(PatternKind.Word, o.Text)) is null).ToDictionary(o => o.Text);
            matches += Compare(
                [.. usable.Keys.Select(o => new Pattern(PatternKind.Word, o))],
                [.. texts, string.Join(' ', texts)],
                (pattern, text) => text.Split(' ').Select(Lower).Any(word => word.Trim('_').Length > 0 && usable[pattern].Matches(word)));
        }).Check(Runs(2000));
        Assert.That(matches, Is.GreaterThan(1500), "words matched");
    }

    /// <summary>Throws where the matcher differs from each pattern alone; gives how many matched.</summary>
    private static int Compare(IReadOnlyList<Pattern> patterns, IReadOnlyList<string> texts, Func<string, string, bool> alone)
    {
        var matcher = Patient.Matcher(patterns.Select(p => (p.Text, (IReadOnlyList<Pattern>)[p])));
        var count = 0;
        foreach (var text in texts)
        {
            var expected = new PatternMatches([.. patterns.Select(p => p.Text).Where(p => alone(p, text))], TimedOut: false);
            Properties.DifferenceException.Unless(expected, matcher.Match(text), text);
            count += expected.Ids.Count;
        }

        return count;
    }

    /// <summary>A word of the alphabet above as the analyzer makes it; an accent at its start belongs to no word.</summary>
    private static string Lower(string word) =>
        string.Concat(word.TrimStart('\u0301').EnumerateRunes().Select(r => r.Value == 'İ' ? "i" : Rune.ToLowerInvariant(r).ToString()));

    private static Gen<string> Choice(int size) => Gen.Frequency(
        (3, Sequence(size)),
        (1, from options in Sequence(size / 2).ListOf(2) select string.Join('|', options)));

    private static Gen<string> Sequence(int size) =>
        from count in Gen.Choose(1, 5)
        from parts in Repeated(size / 2).ListOf(count)
        select string.Concat(parts);

    private static Gen<string> Repeated(int size) =>
        from item in Gen.Frequency((4, s_atom), (size > 0 ? 1 : 0, size > 0 ? Group(size / 2) : s_atom))
        from times in Gen.Frequency((8, Gen.Constant("")), (2, Gen.Elements("?", "*", "+", "{2}", "{1,}", "{0,2}", "+?", "??", "{0}")))
        select item + times;

    private static Gen<string> Group(int size) =>
        from open in Gen.Elements("(", "(?:", "(?<n>", "(?i:", "(?-i:")
        from inner in Choice(size)
        select $"{open}{inner})";
}
