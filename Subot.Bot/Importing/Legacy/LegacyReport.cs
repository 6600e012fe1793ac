namespace Subot.Bot.Importing.Legacy;

/// <summary>
/// What an import did not carry over, and what it carried over differently: in groups, each with its number and some examples.
/// </summary>
internal sealed class LegacyReport
{
    private const int MostExamples = 5;

    private readonly OrderedDictionary<string, List<string>> _lost = [];
    private readonly OrderedDictionary<string, List<string>> _noted = [];

    /// <summary>Something is not carried over.</summary>
    public void Lost(string what, string example) => Add(_lost, what, example);

    /// <summary>Something comes out differently than it stood there.</summary>
    public void Noted(string what, string example) => Add(_noted, what, example);

    /// <summary>The list for people.</summary>
    public IEnumerable<string> Lines() => [.. Lines("Not carried over:", _lost), .. Lines("Carried over differently:", _noted)];

    private static void Add(OrderedDictionary<string, List<string>> groups, string what, string example)
    {
        if (!groups.TryGetValue(what, out var examples))
            groups[what] = examples = [];
        examples.Add(example);
    }

    private static IEnumerable<string> Lines(string title, OrderedDictionary<string, List<string>> groups) => groups.Count == 0 ? [] :
    [
        title,
        .. groups.Select(g => $"{g.Value.Count,6} {g.Key}: {string.Join(", ", g.Value.Take(MostExamples))}{(g.Value.Count > MostExamples ? ", ..." : "")}"),
    ];
}
