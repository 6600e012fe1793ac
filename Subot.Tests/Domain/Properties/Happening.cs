using Subot.Domain;
using Subot.Domain.Facts;

namespace Subot.Tests.Domain.Properties;

/// <summary>What can matter to a request.</summary>
public enum What
{
    /// <summary>Nothing but that time passed.</summary>
    Nothing,
    RequesterWord,
    TeamWord,
    EmojiOn,
    EmojiOff,
    SolvedByHand,
    ReopenedByHand,
}

/// <summary>Something that happened to a request, in the words of the definitions.</summary>
/// <param name="Known">Whether it happened at its time; a read tells only that it had happened by then.</param>
public sealed record Happening(Ts At, What What, UserId? Who = null, string Emoji = "", bool Known = true, bool BySelf = false)
{
    public (string, UserId?) Pair => (Emoji, Who);
}

/// <summary>What the reads of a history tell of one emoji of one person: when it began or ended without a fact of its own.</summary>
public static class NaiveReads
{
    /// <summary>How much later than it says a read may have been made.</summary>
    public const long Granularity = 3 * Ts.Second;

    public static IEnumerable<Happening> Of(IReadOnlyList<Fact> facts, Ts root)
    {
        var reads = facts.OfType<SnapshotFact>().OrderBy(s => s.Time).ToList();
        if (reads.Count == 0)
            return [];
        var told = facts.OfType<ReactionFact>().Where(r => r.Message == root).OrderBy(r => r.Time).ThenBy(r => r.Kind).ToList();
        var pairs = told.Select(r => (r.Emoji, r.User, r.BySelf))
            .Concat(reads.SelectMany(r => r.Reactions).Select(r => (r.Emoji, r.User, r.BySelf)))
            .Distinct()
            .OrderBy(p => p.Emoji, StringComparer.Ordinal).ThenBy(p => p.User);
        return pairs
            .SelectMany(p => OfPair(p.Emoji, p.User, p.BySelf, reads, [.. told.Where(r => r.Emoji == p.Emoji && r.User == p.User)]))
            .OrderBy(h => h.At).ThenBy(h => h.What);
    }

    private static IEnumerable<Happening> OfPair(string emoji, UserId user, bool bySelf, List<SnapshotFact> reads, List<ReactionFact> told)
    {
        bool Shows(SnapshotFact read) => read.Reactions.Any(r => r.Emoji == emoji && r.User == user);
        bool ToldJustAfter(Ts read) => told.Exists(r => r.Added && r.Time > read && r.Time - read <= Granularity);
        bool ToldGoneJustAfter(Ts read) => told.Exists(r => !r.Added && r.Time > read && r.Time - read <= Granularity);
        bool ToldStanding(Ts at) => told.LastOrDefault(r => r.Time <= at)?.Added ?? false;

        var newest = reads[^1];
        var found = reads.Find(Shows);
        var foundEarlier = found is not null && found.Time < newest.Time && !ToldStanding(found.Time) && !ToldJustAfter(found.Time);
        if (foundEarlier)
            yield return new Happening(found!.Time, What.EmojiOn, user, emoji, Known: false, bySelf);

        var changedSince = foundEarlier && told.Exists(r => r.Time > found!.Time && r.Time <= newest.Time);
        var standing = foundEarlier && !changedSince ? true : ToldStanding(newest.Time);
        if (Shows(newest) && !standing && !ToldJustAfter(newest.Time))
            yield return new Happening(newest.Time, What.EmojiOn, user, emoji, Known: false, bySelf);
        if (!Shows(newest) && standing && !newest.Truncated.Contains(emoji) && !ToldGoneJustAfter(newest.Time))
            yield return new Happening(newest.Time, What.EmojiOff, user, emoji, Known: false, bySelf);
    }
}
