using NUnit.Framework;
using Subot.Domain.Patterns;

namespace Subot.Tests.Domain.Patterns;

/// <summary>What is typed into a search, and in which texts it is found.</summary>
public sealed class WordSearchTests
{
    private static readonly string[] s_words = ["k", "i", "ki", "é", "ék", "k.i", "𐐨k"];

    [TestCase("Vault  DEPLOY*", "vault deploy*")]
    [TestCase("a-b* c", "a b* c")]
    [TestCase("the the THE", "the")]
    [TestCase("*", "")]
    [TestCase(" ?! 🎉 ", "")]
    [TestCase("", "")]
    public void What_is_typed_is_read_as_words(string typed, string words) =>
        Assert.That(string.Join(' ', WordSearch.Read(typed)?.Words ?? []), Is.EqualTo(words));

    [Test]
    public void A_word_is_found_exactly_where_a_pattern_finds_it()
    {
        // Among them letters whose lower case is an ASCII letter, and others that have none.
        string[] signs = ["k", "K", "\u212a", "i", "\u0130", "é", "É", ".", "_", " ", "-", "\u0301", "𐐀"];
        var (random, found) = (new Random(31), 0);
        var matcher = Patient.Matcher(s_words.Select(w => (w, (IReadOnlyList<Pattern>)[new Pattern(PatternKind.Word, $"\"{w}\"")])));
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => signs[random.Next(signs.Length)]));
            var expected = matcher.Match(text).Ids.ToList();
            Assert.That(s_words.Where(w => WordSearch.Read(w)!.IsIn(text)), Is.EqualTo(expected), text);
            found += expected.Count;
        }

        Assert.That(found, Is.GreaterThan(500));
    }
}
