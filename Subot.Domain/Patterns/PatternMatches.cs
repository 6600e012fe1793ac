namespace Subot.Domain.Patterns;

/// <summary>Which tools or labels a text is about, in the order they were given in.</summary>
/// <param name="TimedOut">A pattern took too long, so ids may be missing.</param>
public sealed record PatternMatches(IReadOnlyList<string> Ids, bool TimedOut)
{
    /// <summary>Nothing matched, and nothing took too long.</summary>
    public static PatternMatches None { get; } = new([], TimedOut: false);

    /// <inheritdoc/>
    public bool Equals(PatternMatches? other) => other is not null && TimedOut == other.TimedOut && Ids.SequenceEqual(other.Ids);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var id in Ids)
            hash.Add(id, StringComparer.Ordinal);
        hash.Add(TimedOut);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Ids) + (TimedOut ? " (timed out)" : "");
}
