using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Slack;
using Subot.Storage.Elasticsearch.Legacy;

namespace Subot.Bot.Importing.Legacy;

/// <summary>
/// The reactions of a thread. The first Subot recorded an emoji that was taken off like one that was put on, but nobody can put on twice
/// what is there: they take turns. Those that it read from Slack's history have no time.
/// </summary>
internal sealed class LegacyReactions
{
    // Slack tells an event again after three seconds without an answer.
    private const long Repeated = 5 * Ts.Second;

    private readonly LegacyThread _thread;
    private readonly List<(Pair Pair, bool IsThere)> _read = [];
    private readonly List<(Ts At, bool Added, Pair Pair)> _timed = [];
    private readonly HashSet<string> _truncated = [];

    public LegacyReactions(LegacyThread thread, LegacyReport report)
    {
        _thread = thread;
        var entries = thread.Copies.SelectMany(copy => copy.Reactions.SelectMany(r => r.Users.Select(u => EntryOf(copy, r, u))));
        foreach (var group in entries.GroupBy(e => e.Pair))
            Take(group.Key, [.. group]);
        foreach (var reaction in thread.Copies.SelectMany(c => c.Reactions).Where(r => r.Ts.Length == 0 && r.Count > r.Users.Count))
            _truncated.Add(Translation.EmojiName(reaction.Name));

        if (_read.Count > 0)
            report.Noted("messages with reactions that were read from history: when they were put there is not known", thread.Key.Root.ToString());
        if (_timed.Exists(t => !t.Added))
            report.Noted("messages with emoji that were taken off again: the first Subot took that for one more", thread.Key.Root.ToString());
    }

    /// <summary>The reactions whose time is known.</summary>
    /// <param name="self">The first Subot.</param>
    public IEnumerable<ReactionFact> Facts(string self) =>
        _timed.Select(t => new ReactionFact(t.At, t.Added, t.Pair.Message, t.Pair.Emoji, new UserId(t.Pair.User), t.Pair.User == self));

    /// <summary>The root as a read showed it, and when that was at the latest; null if it was not read.</summary>
    public (SlackMessage Root, Ts ReadAt)? Read()
    {
        if (_read.Count == 0)
            return null;
        // What was read as there, and then taken off, was read before.
        var firstEnd = _timed.Where(t => _read.Contains((t.Pair, true))).Select(t => t.At).DefaultIfEmpty(Ts.Max).Min();
        var readAt = _thread.Replies.Select(r => r.At).Append(_thread.Key.Root).Where(at => at < firstEnd).Max();
        var standing = _timed.Where(t => t.At < readAt && t.Pair.Message == _thread.Key.Root && !_read.Exists(r => r.Pair == t.Pair))
            .GroupBy(t => t.Pair).Where(g => g.MaxBy(t => t.At).Added).Select(g => g.Key);
        var shown = _read.Select(r => r.Pair).Concat(standing).GroupBy(p => p.Emoji, p => p.User)
            .Select(g => new MessageReaction(g.Key, [.. g], g.Count() + (_truncated.Contains(g.Key) ? 1 : 0)));
        return (new SlackMessage { Ts = _thread.Key.Root.ToString(), Reactions = [.. shown] }, readAt);
    }

    private Entry EntryOf(LegacyMessage copy, LegacyReaction reaction, string user)
    {
        var message = Ts.TryParse(reaction.Message, out var ts) ? ts : _thread.Key.Root;
        return new Entry(copy.Id, new Pair(message, Translation.EmojiName(reaction.Name), user), Ts.TryParse(reaction.Ts, out var at) ? at : null);
    }

    private void Take(Pair pair, List<Entry> entries)
    {
        var times = entries.Where(e => e.At is not null).Select(e => e.At!.Value).Order().ToList();
        // The same document: it was read, and heard of afterwards. Two copies tell of the same twice.
        var isThere = entries.Exists(e => e.At is null && (times.Count == 0 || entries.Exists(o => o.At is not null && o.Document == e.Document)));
        if (isThere)
            _read.Add((pair, times.Count > 0));
        Ts? last = null;
        foreach (var at in times.Where(at => at > Ts.Zero))
        {
            if (last is { } before && at - before <= Repeated)
                continue;
            isThere = !isThere;
            _timed.Add((at, isThere, pair));
            last = at;
        }
    }

    private readonly record struct Pair(Ts Message, string Emoji, string User);

    private readonly record struct Entry(string Document, Pair Pair, Ts? At);
}
