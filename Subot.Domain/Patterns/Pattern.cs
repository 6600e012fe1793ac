namespace Subot.Domain.Patterns;

/// <summary>What a pattern is matched with.</summary>
public enum PatternKind : byte
{
    /// <summary>A .NET regular expression that needs no backtracking, found anywhere in the text as people see it, in any case.</summary>
    Regex = 0,

    /// <summary>The first Subot's: a Lucene expression that a whole lower-case word must match.</summary>
    Word = 1,
}

/// <summary>What a person typed so that a tool or a label is recognised.</summary>
public sealed record Pattern(PatternKind Kind, string Text)
{
    /// <summary>The longest pattern.</summary>
    public const int MaxLength = 1000;

    /// <summary>
    /// The most characters that the counted repetitions of a pattern may write out: .{1,300}, or ([a-c]{1,10}){1,5}, since a count within a
    /// count is dearer. Beyond, an automaton is slow to make: it has to tell every count.
    /// </summary>
    public const int MaxCounted = 300;

    /// <summary>How long one pattern may take over one text. Patterns are linear, so only a huge text comes near it.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Why a pattern cannot be used, in words for who typed it; null: it can.</summary>
    public static string? Problem(Pattern pattern)
    {
        try
        {
            CompiledPattern.Of(pattern, MatchTimeout);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {Text}";
}
