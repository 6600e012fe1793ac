using NUnit.Framework;
using Subot.Domain.Patterns;

namespace Subot.Tests.Domain.Patterns;

/// <summary>What is a word, and what of Lucene's syntax means what.</summary>
public sealed class WordTests
{
    /// <summary>What would be words, were the texts taken apart otherwise.</summary>
    private static readonly string[] s_others = ["a", "b", "1", "10:30", "amp", "foo", "été", "e", "bold", "ab", "quoted'", "カ", "ひら", "漢字", "🎉", "__"];

    [TestCase("see vault.example.org.", "see vault.example.org")]
    [TestCase("a.b a..b 1,5 1.5.2 1,a a,b", "a.b a b 1,5 1.5.2 1 a")]
    [TestCase("l'été L’Été 'quoted'", "l'été l’été quoted")]
    [TestCase("foo:bar foo: 10:30 :tada:", "foo:bar foo 10 30 tada")]
    [TestCase("_bold_ __ snake_case a_1", "_bold_ snake_case a_1")]
    [TestCase("İstanbul K ÉCOLE", "istanbul k école")]
    [TestCase("x🎉y 𐐀x", "x y 𐐨x")]
    [TestCase("カタカナひら漢字 한국어 ภาษาไทย", "カタカナ ひ ら 漢 字 한국어 ภาษาไทย")]
    [TestCase("e\u0301te \u0301x a\u00adb e\u0301:\u0301b", "e\u0301te x a\u00adb e\u0301:\u0301b")]
    [TestCase("a&amp;b <@U1|ann>", "a amp b u1 ann")]
    [TestCase("\ud800a\udc00", "a")]
    public void A_text_has_these_words(string text, string expected)
    {
        var words = expected.Split(' ');
        var matcher = Patient.Matcher(words.Concat(s_others).Distinct().Select(w => (w, (IReadOnlyList<Pattern>)[Quoted(w)])));

        Assert.That(matcher.Match(text).Ids, Is.EqualTo(words.Distinct()));
    }

    [Test]
    public void A_long_word_is_cut()
    {
        var matcher = Patient.Matcher([("rest", [new Pattern(PatternKind.Word, "q{45}")]), ("all", [new Pattern(PatternKind.Word, "q{300}")])]);

        Assert.That(matcher.Match(new string('q', 300)).Ids, Is.EqualTo(["rest"]));
    }

    [TestCase("<1-12>", "1 7 12 012", "0 13 1x")]
    [TestCase("<01-12>", "01 07 12", "1 7 012 13")]
    [TestCase("<12-9>", "9 10 12", "8 13")]
    [TestCase("<0-1000>", "0 00 999 1000", "1001")]
    [TestCase("v<8-10>", "v8 v9 v10 v08", "v7 v11 v")]
    [TestCase("a@", "a ab", "b")]
    [TestCase(".{2}", "ab 𐐨a", "a abc 𐐨")]
    [TestCase("[^a]b", "bb 𐐨b", "ab b")]
    [TestCase("[a-c\\-]x", "ax cx", "dx x")]
    [TestCase("()", "", "a")]
    [TestCase("a#?", "a", "b")]
    [TestCase("(𐐨|b)+", "𐐨b", "c")]
    [TestCase("\\d+", "d dd", "5")]
    [TestCase("a\nb", "", "a b")]
    [TestCase("[^x]{3}", "abc", "a b")]
    [TestCase("a[\\\n-z]b", "azb", "a b")]
    public void An_expression_matches_whole_words(string expression, string matching, string others)
    {
        var matcher = Patient.Matcher([("tool", [new Pattern(PatternKind.Word, expression)])]);

        Assert.That(matching.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => matcher.Match(w).Ids.Count == 0), Is.Empty);
        Assert.That(matcher.Match(others).Ids, Is.Empty);
    }

    private static Pattern Quoted(string word) => new(PatternKind.Word, $"\"{word}\"");
}
