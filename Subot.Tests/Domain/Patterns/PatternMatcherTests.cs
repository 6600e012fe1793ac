using NUnit.Framework;
using Subot.Domain.Patterns;

namespace Subot.Tests.Domain.Patterns;

public sealed class PatternMatcherTests
{
    private static readonly PatternMatcher s_tools = new(
    [
        ("vault", [Regex(@"\bvault\b"), Word("secrets?")]),
        ("jenkins", [Word("jenkins"), Regex(@"build\s+fail")]),
        ("tickets", [Regex(@"\b[a-z]{2,5}-\d+\b")]),
        ("empty", []),
        ("operators", [Regex("a < b && c"), Word("amp")]),
    ]);

    [TestCase("The BUILD  fails, secret of Vault", "vault, jenkins")]
    [TestCase("OPS-12: jenkins", "jenkins, tickets")]
    [TestCase("vaults", "")]
    [TestCase("a &lt; b &amp;&amp; c", "operators")]
    [TestCase("&amp;lt;", "operators")]
    [TestCase("a < b && d", "")]
    [TestCase("", "")]
    public void Ids_come_in_the_order_they_were_given_in(string text, string expected) =>
        Assert.That(s_tools.Match(text).ToString(), Is.EqualTo(expected));

    [Test]
    public void Escapes_are_decoded_once() =>
        Assert.That(new PatternMatcher([("less", [Regex("<")])]).Match("&amp;lt;"), Is.EqualTo(PatternMatches.None));

    [Test]
    public void A_pattern_that_takes_too_long_is_told_and_hides_no_other()
    {
        var matcher = new PatternMatcher([("slow", [Regex(@"[a-f]+\d")]), ("word", [Word("end")])], TimeSpan.FromMilliseconds(1));

        Assert.That(matcher.Match(new string('a', 5_000_000) + " end"), Is.EqualTo(new PatternMatches(["word"], TimedOut: true)));
        Assert.That(matcher.Match("a1"), Is.EqualTo(new PatternMatches(["slow"], TimedOut: false)));
    }

    [Test]
    public void Many_threads_get_what_one_gets()
    {
        string[] texts = ["vault", "OPS-1 build fail", "nothing", "jenkins secrets", "é 🎉"];
        var alone = texts.Select(s_tools.Match).ToList();
        var different = 0;

        Parallel.For(0, 20_000, i =>
        {
            if (!s_tools.Match(texts[i % texts.Length]).Equals(alone[i % texts.Length]))
                Interlocked.Increment(ref different);
        });

        Assert.That(different, Is.Zero);
        Assert.That(alone.Select(a => a.ToString()), Is.EqualTo(["vault", "jenkins, tickets", "", "vault, jenkins", ""]));
    }

    [Test]
    public void Matches_are_equal_by_value()
    {
        var matches = new PatternMatches(["a", "b"], TimedOut: false);

        Assert.That(matches, Is.EqualTo(new PatternMatches(["a", "b"], TimedOut: false)));
        Assert.That(matches.GetHashCode(), Is.EqualTo(new PatternMatches(["a", "b"], TimedOut: false).GetHashCode()));
        Assert.That(matches, Is.Not.EqualTo(new PatternMatches(["b", "a"], TimedOut: false)));
        Assert.That(matches, Is.Not.EqualTo(new PatternMatches(["a", "b"], TimedOut: true)));
    }

    private static Pattern Regex(string text) => new(PatternKind.Regex, text);

    private static Pattern Word(string text) => new(PatternKind.Word, text);
}
