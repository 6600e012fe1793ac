using Subot.Domain.Patterns;

namespace Subot.Tests.Domain.Patterns;

/// <summary>Matchers with much time: these tests tell what matches, and not how busy the machine is.</summary>
internal static class Patient
{
    public static PatternMatcher Matcher(IEnumerable<(string Id, IReadOnlyList<Pattern> Patterns)> patterns) =>
        new(patterns, TimeSpan.FromMinutes(1));
}
