namespace Subot.Domain.Patterns;

/// <summary>What can be told of the texts that an expression matches.</summary>
/// <param name="All">Each of them, or null: too many.</param>
/// <param name="Required">Strings of which each of them contains one, or null: no such strings.</param>
internal sealed record Literals(IReadOnlySet<string>? All, IReadOnlySet<string>? Required)
{
    // Enough for a few spellings of a few words; a text is searched for all strings at once, so more would cost memory only.
    private const int MostStrings = 32;
    private const int MostRequired = 128;
    private const int LongestString = 24;

    private static readonly Literals s_unknown = new(null, null);
    private static readonly Literals s_empty = Told([""]);

    /// <summary>What can be told of an expression.</summary>
    public static Literals Of(Expression expression) => expression switch
    {
        Expression.Character { Few: { } few } => Told([.. few.Select(c => c.ToString())]),
        Expression.Place => s_empty,
        Expression.Sequence sequence => OfSequence(sequence.Parts.Select(Of)),
        Expression.Choice choice => OfChoice([.. choice.Options.Select(Of)]),
        Expression.Repeat { Max: 0 } => s_empty,
        Expression.Repeat { Min: 0, Max: 1 } optional when Of(optional.Inner) is { All: not null } inner => OfChoice([inner, s_empty]),
        Expression.Repeat { Min: > 0 } repeat => OfRepeat(Of(repeat.Inner), repeat),
        _ => s_unknown,
    };

    private static Literals Told(HashSet<string> all) => new(all, OrNull(all));

    /// <summary>Every text contains the empty string, so requiring it says nothing.</summary>
    private static HashSet<string>? OrNull(HashSet<string> required) => required.Contains("") ? null : required;

    private static Literals OfChoice(IReadOnlyList<Literals> options)
    {
        if (options.All(o => o.All is not null))
        {
            var all = options.SelectMany(o => o.All!).ToHashSet();
            if (all.Count <= MostStrings)
                return Told(all);
        }

        if (options.Any(o => o.Required is null))
            return s_unknown;
        var required = options.SelectMany(o => o.Required!).ToHashSet();
        return required.Count <= MostRequired ? new Literals(null, required) : s_unknown;
    }

    /// <summary>Grows all strings of the parts so far as long as they are few; what it then has to drop may still be required.</summary>
    private static Literals OfSequence(IEnumerable<Literals> parts)
    {
        HashSet<string> run = [""];
        IReadOnlySet<string>? best = null;
        var whole = true;
        foreach (var part in parts)
        {
            if (part.All is { } all && run.Count * all.Count <= MostStrings && Longest(run) + Longest(all) <= LongestString)
            {
                run = [.. run.SelectMany(_ => all, string.Concat)];
                continue;
            }

            whole = false;
            best = Better(Better(best, OrNull(run)), part.Required);
            run = part.All is { } next ? [.. next] : [""];
        }

        return whole ? Told(run) : new Literals(null, Better(best, OrNull(run)));
    }

    private static Literals OfRepeat(Literals inner, Expression.Repeat repeat) =>
        repeat.Min == repeat.Max && repeat.Min <= LongestString
            ? OfSequence(Enumerable.Repeat(inner, repeat.Min))
            : new Literals(null, inner.Required);

    /// <summary>Of two that are both required, the one that fewer texts contain: the one of longer strings.</summary>
    private static IReadOnlySet<string>? Better(IReadOnlySet<string>? a, IReadOnlySet<string>? b) => Shortest(a) >= Shortest(b) ? a : b;

    /// <summary>The length of the shortest; -1 where nothing is required.</summary>
    private static int Shortest(IReadOnlySet<string>? strings) =>
        strings is null ? -1 : strings.Count == 0 ? int.MaxValue : strings.Min(s => s.Length);

    private static int Longest(IReadOnlySet<string> strings) => strings.Count == 0 ? 0 : strings.Max(s => s.Length);
}
