using NUnit.Framework;
using Subot.Domain.Patterns;

namespace Subot.Tests.Domain.Patterns;

public sealed class PatternProblemTests
{
    [TestCase(@"\bvault\b")]
    [TestCase(@"(?:reset|change) (?:my )?password")]
    [TestCase(@"(?<ticket>[A-Z]{2,5}-\d+)")]
    [TestCase(@"(?i)acc[eè]s|(?-i:KO)")]
    [TestCase(@"(\d{1,3}\.){3}\d{1,3}")]
    [TestCase(@"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")]
    [TestCase(@"[]a]\x41\u0042\cC\041\e\t[\b]\p{Lu}(?#a comment)")]
    [TestCase(@"[a-z-[aeiou]]+\{x{,2}")]
    [TestCase(@"\<b\>")]
    public void Regex_is_usable(string text) => Assert.That(Pattern.Problem(new Pattern(PatternKind.Regex, text)), Is.Null);

    [TestCase("", "empty")]
    [TestCase("   ", "empty")]
    [TestCase("(?=x)y", "'(?=x)y' needs backtracking: look-ahead is not supported")]
    [TestCase("(?!x)y", "look-ahead is not supported")]
    [TestCase("(?<=x)y", "look-behind is not supported")]
    [TestCase("(?<!x)y", "look-behind is not supported")]
    [TestCase("(?>x+)y", "an atomic group is not supported")]
    [TestCase("(x)?(?(1)y|z)", "a condition is not supported")]
    [TestCase("(?<a>x)(?<b-a>y)", "a balancing group is not supported")]
    [TestCase(@"(x)\1", "a back-reference is not supported")]
    [TestCase(@"(?<n>x)\k<n>", "a back-reference is not supported")]
    [TestCase(@"(?<n>x)\<n>", "a back-reference is not supported")]
    [TestCase(@"x\Gy", @"\G is not supported")]
    [TestCase("(?x) a b", "a blank is a blank")]
    [TestCase("[[:alpha:]]", "in a class is not supported")]
    [TestCase("(", "Not enough )'s")]
    [TestCase("a{2,1}", "Illegal {x,y} with x > y")]
    [TestCase("x*", "it would match every text")]
    [TestCase("a|", "it would match every text")]
    [TestCase(@"\b", "it would match every text")]
    [TestCase("^$", "it would match every text")]
    [TestCase("a.{301}", "more than 300 characters")]
    [TestCase("(?:a{1,10}){1,10}", "more than 300 characters")]
    [TestCase("(((((a{9}){9}){9}){9}){9}){9}", "more than 300 characters")]
    [TestCase("(?:a{2147483647}){2147483647}", "more than 300 characters")]
    public void Regex_is_refused_with_the_reason(string text, string reason) =>
        Assert.That(Pattern.Problem(new Pattern(PatternKind.Regex, text)), Does.Contain(reason));

    [TestCase("~a", "'~' (anything but)")]
    [TestCase("a&b", "'&' (both must match)")]
    [TestCase("<name>", "'<name>' (a named expression)")]
    [TestCase("<1-x>", "'x' is no number")]
    [TestCase("a{x}", "'x' is no number")]
    [TestCase("a{99999999999}", "is no number")]
    [TestCase("[b-a]", "'b-a' is no range")]
    [TestCase("[𝒳]", "beyond U+FFFF")]
    [TestCase("a)", "a ')' has no '('")]
    [TestCase("(a", "a '(' has no ')'")]
    [TestCase("[a", "a '[' has no ']'")]
    [TestCase("\"a", "a '\"' is missing")]
    [TestCase("<1-2", "a '>' is missing")]
    [TestCase("a\\", "ends in the middle")]
    [TestCase("x{0,2000}", "more than 300 characters")]
    public void Word_is_refused_with_the_reason(string text, string reason) =>
        Assert.That(Pattern.Problem(new Pattern(PatternKind.Word, text)), Does.Contain(reason));

    [TestCase(PatternKind.Regex)]
    [TestCase(PatternKind.Word)]
    public void A_long_or_deeply_nested_pattern_is_refused(PatternKind kind)
    {
        Assert.That(Pattern.Problem(new Pattern(kind, new string('a', 1001))), Does.Contain("1,000 are the most"));
        Assert.That(Pattern.Problem(new Pattern(kind, new string('(', 400) + "a" + new string(')', 400))), Does.Contain("nested more than"));
        Assert.That(Pattern.Problem(new Pattern(kind, new string('a', 1000))), Is.Null);
    }

    [Test]
    public void A_matcher_of_a_refused_pattern_is_an_error_that_says_the_same() =>
        Assert.That(() => new PatternMatcher([("vault", [new Pattern(PatternKind.Word, "~a")])]), Throws.InstanceOf<FormatException>().With.Message.Contains("'~'"));
}
