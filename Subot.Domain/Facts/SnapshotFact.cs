namespace Subot.Domain.Facts;

/// <summary>A reaction on the root that a read of history showed.</summary>
/// <param name="FirstSeen">The time of the first read that showed it: it began at or before then.</param>
/// <param name="Present">Whether the newest read still showed it.</param>
public sealed record SeenReaction(string Emoji, UserId User, bool BySelf, Ts FirstSeen, bool Present);

/// <summary>
/// What reads of Slack's history (or an export) showed of the root's reactions. They show the present, not the past: when a reaction
/// began or ended is not known. A thread has one snapshot at most: a further read is merged into it.
/// </summary>
/// <param name="Time">Slack's time of the newest read.</param>
/// <param name="Reactions">Every reaction that any read showed, ordered by emoji and user.</param>
/// <param name="Truncated">Emoji of which the newest read did not list all users: absence says nothing about them.</param>
public sealed record SnapshotFact(Ts Time, IReadOnlyList<SeenReaction> Reactions, IReadOnlyList<string> Truncated) : Fact(Time)
{
    /// <inheritdoc/>
    public override FactKind Kind => FactKind.Snapshot;

    /// <inheritdoc/>
    public override string Key => "";

    /// <summary>
    /// Both reads as one. The newer one says what is present; each reaction keeps the time at which it was first seen, and is our
    /// own if any read knew it to be: an import does not know who we are. The order of merging makes no difference.
    /// </summary>
    public static SnapshotFact Merge(SnapshotFact left, SnapshotFact right)
    {
        var newest = left.Time > right.Time ? left.Time : right.Time;
        var seen = new SortedDictionary<(string Emoji, UserId User), SeenReaction>();
        foreach (var (snapshot, reaction) in left.Reactions.Select(r => (left, r)).Concat(right.Reactions.Select(r => (right, r))))
        {
            var present = reaction.Present && snapshot.Time == newest;
            seen[(reaction.Emoji, reaction.User)] = seen.TryGetValue((reaction.Emoji, reaction.User), out var other)
                ? reaction with
                {
                    BySelf = other.BySelf || reaction.BySelf,
                    FirstSeen = other.FirstSeen < reaction.FirstSeen ? other.FirstSeen : reaction.FirstSeen,
                    Present = present || other.Present,
                }
                : reaction with { Present = present };
        }

        var truncated = new[] { left, right }.Where(s => s.Time == newest).SelectMany(s => s.Truncated);
        return new SnapshotFact(newest, [.. seen.Values], [.. truncated.Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public bool Equals(SnapshotFact? other) =>
        other is not null && Time == other.Time && Reactions.SequenceEqual(other.Reactions) && Truncated.SequenceEqual(other.Truncated);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Time, Reactions.Count);
}
