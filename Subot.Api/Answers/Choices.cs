using Subot.Api.Contracts;

namespace Subot.Api.Answers;

/// <summary>What there is to choose from: the end of a sentence that refuses something else.</summary>
internal static class Choices
{
    private const int MostTold = 20;

    /// <summary>What a team has set up; the first of them if they are many.</summary>
    public static string Of(IEnumerable<string> known)
    {
        List<string> some = [.. known.Take(MostTold)];
        return some.Count == 0 ? "there is none yet." : $"there are: {string.Join(", ", some)}.";
    }

    /// <summary>The words of all values.</summary>
    public static string Of<T>()
        where T : struct, Enum => $"there are: {string.Join(", ", Enum.GetValues<T>().Select(Word.Of))}.";
}
