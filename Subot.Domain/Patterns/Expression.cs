namespace Subot.Domain.Patterns;

/// <summary>
/// What a pattern says, as far as its size, what it can be and its translation depend on it. Read by a reader per syntax.
/// </summary>
internal abstract record Expression
{
    /// <summary>The empty text alone.</summary>
    public static Expression Empty { get; } = new Sequence([]);

    /// <summary>No text at all.</summary>
    public static Expression Nothing { get; } = new Choice([]);

    /// <summary>Characters after all counted repetitions are written out, or <see cref="Endless"/>.</summary>
    public abstract long Size { get; }

    /// <summary>
    /// Those of them that counted repetitions write out, of which the automaton has to tell how many have been seen. A count within a count
    /// weighs more: the automaton tells them for each other.
    /// </summary>
    public virtual long Counted => 0;

    /// <summary>Whether it can match without taking a character.</summary>
    public abstract bool MayBeEmpty { get; }

    /// <summary>A size that needs no telling apart from larger ones.</summary>
    protected const long Endless = 1_000_000;

    private const int WeightOfNested = 6;

    /// <summary>One character (a UTF-16 unit).</summary>
    /// <param name="Source">How .NET writes it; of use where a pattern is translated.</param>
    /// <param name="Few">All that it can be, or null: too many to tell.</param>
    public sealed record Character(string Source, string? Few) : Expression
    {
        public override long Size => 1;

        public override bool MayBeEmpty => false;

        public override string ToString() => Source;
    }

    /// <summary>A place in the text, such as its start or the bound of a word.</summary>
    public sealed record Place : Expression
    {
        public override long Size => 1;

        public override bool MayBeEmpty => true;
    }

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<Expression> Parts) : Expression
    {
        public override long Size { get; } = Math.Clamp(Parts.Sum(p => p.Size), 1, Endless);

        public override long Counted { get; } = Math.Min(Parts.Sum(p => p.Counted), Endless);

        public override bool MayBeEmpty { get; } = Parts.All(p => p.MayBeEmpty);

        public override string ToString() => $"(?:{string.Concat(Parts)})";
    }

    /// <summary>One or the other; without options it matches nothing.</summary>
    public sealed record Choice(IReadOnlyList<Expression> Options) : Expression
    {
        public override long Size { get; } = Math.Clamp(Options.Sum(o => o.Size), 1, Endless);

        public override long Counted { get; } = Math.Min(Options.Sum(o => o.Counted), Endless);

        public override bool MayBeEmpty { get; } = Options.Any(o => o.MayBeEmpty);

        // .NET has no word for nothing: a class without characters is one.
        public override string ToString() => Options.Count == 0 ? @"[^\s\S]" : $"(?:{string.Join('|', Options)})";
    }

    /// <summary>The same again and again; without a maximum as often as there is.</summary>
    public sealed record Repeat(Expression Inner, int Min, int? Max) : Expression
    {
        public override long Size { get; } = Math.Min(Inner.Size * Times(Min, Max), Endless);

        public override long Counted { get; } = Times(Min, Max) is > 1 and var times
            ? Math.Min(Math.Max(Inner.Size, WeightOfNested * Inner.Counted) * times, Endless)
            : Inner.Counted;

        public override bool MayBeEmpty { get; } = Min == 0 || Inner.MayBeEmpty;

        public override string ToString() => $"(?:{Inner}){{{Min},{Max}}}";

        private static long Times(int min, int? max) => Math.Max(1, max ?? min);
    }
}
