using System.Globalization;
using Subot.Domain;
using Subot.Domain.Facts;

namespace Subot.Api.Compatible;

/// <summary>The emoji that stand in a thread. One that was taken off again is not told, which the first Subot told twice.</summary>
internal static class ReactionShapes
{
    /// <param name="facts">In their order.</param>
    public static IReadOnlyList<ReactionShape> Of(IReadOnlyList<Fact> facts, Ts root)
    {
        // Since when each stands; null: a read showed it.
        var standing = new OrderedDictionary<(Ts Message, string Emoji, UserId User), Ts?>();
        foreach (var fact in facts)
        {
            if (fact is ReactionFact { Added: true } added)
                standing.TryAdd((added.Message, added.Emoji, added.User), added.Time);
            else if (fact is ReactionFact removed)
                standing.Remove((removed.Message, removed.Emoji, removed.User));
            else if (fact is SnapshotFact read)
                Set(standing, read, root);
        }

        var timed = standing.Where(s => s.Value is not null)
            .Select(s => new ReactionShape(s.Key.Emoji, [s.Key.User.Value], s.Key.Message.ToString(), (s.Value!.Value.Micros / Ts.Second).ToString(CultureInfo.InvariantCulture), 0));
        var shown = standing.Where(s => s.Value is null).GroupBy(s => s.Key.Emoji, s => s.Key.User.Value)
            .Select(g => new ReactionShape(g.Key, [.. g], null, null, g.Count()));
        return [.. timed, .. shown];
    }

    /// <summary>What a read showed on the root stands, and nothing else.</summary>
    private static void Set(OrderedDictionary<(Ts Message, string Emoji, UserId User), Ts?> standing, SnapshotFact read, Ts root)
    {
        var present = read.Reactions.Where(r => r.Present).Select(r => (root, r.Emoji, r.User)).ToHashSet();
        foreach (var gone in standing.Keys.Where(s => s.Message == root && !present.Contains(s) && !read.Truncated.Contains(s.Emoji)).ToList())
            standing.Remove(gone);
        foreach (var reaction in present)
            standing.TryAdd(reaction, null);
    }
}
