using Subot.Domain;
using Subot.Storage.Elasticsearch.Legacy;

namespace Subot.Bot.Importing.Legacy;

/// <summary>
/// A message of the first Subot with its replies. It stored a message again when Slack told it twice: these are copies of one.
/// </summary>
/// <param name="Copies">At least one; what is not known of the first is not known of any.</param>
/// <param name="Replies">In order, each once.</param>
internal sealed record LegacyThread(ThreadKey Key, IReadOnlyList<LegacyMessage> Copies, IReadOnlyList<(Ts At, LegacyReply Reply)> Replies)
{
    public LegacyMessage Message => Copies[0];

    public string User => Message.User;

    public bool IsDeleted => Copies.Any(c => c.Type == "deleted");

    public bool IsFixed => Copies.Any(c => c.Status == "fixed");

    public bool IsResponded => !IsFixed && Copies.Any(c => c.Status == "responded");

    public long ResponseMinutes => Copies.Max(c => c.ResponseMinutes);

    public long ResolutionMinutes => Copies.Max(c => c.ResolutionMinutes);

    /// <summary>The newest message.</summary>
    public Ts LastMessage => Replies is [.., var (at, _)] && at > Key.Root ? at : Key.Root;

    /// <summary>The newest of all that is known of it.</summary>
    public Ts Last => Copies.SelectMany(c => c.Reactions.Select(r => r.Ts).Append(c.FeedbackTs))
        .Select(text => Ts.TryParse(text, out var ts) ? ts : Ts.Zero).Append(LastMessage).Max();

    /// <summary>The threads of these documents, by time.</summary>
    public static IReadOnlyList<LegacyThread> Of(ChannelId channel, IEnumerable<LegacyMessage> messages, LegacyReport report)
    {
        var copies = new SortedDictionary<Ts, List<LegacyMessage>>();
        // A copy that an admin emptied is the last of all.
        foreach (var message in messages.OrderBy(m => m.User.Length == 0).ThenBy(m => m.Id, StringComparer.Ordinal))
        {
            if (!Ts.TryParse(message.Ts, out var ts))
                report.Lost("messages without a time, by document", message.Id);
            else if (copies.TryGetValue(ts, out var others))
                others.Add(message);
            else
                copies[ts] = [message];
        }

        var threads = copies.Select(c => new LegacyThread(new ThreadKey(channel, c.Key), c.Value, RepliesOf(c.Key, c.Value, report))).ToList();
        var replies = threads.SelectMany(t => t.Replies.Select(r => r.At)).ToHashSet();
        foreach (var thread in threads.Where(t => replies.Contains(t.Key.Root)))
            report.Noted("messages that were also stored as replies in a thread: they are replies", thread.Key.Root.ToString());
        foreach (var thread in threads.Where(t => t.Copies.Count > 1))
            report.Noted("messages that were stored more than once: they count once", thread.Key.Root.ToString());
        return [.. threads.Where(t => !replies.Contains(t.Key.Root))];
    }

    private static IReadOnlyList<(Ts At, LegacyReply Reply)> RepliesOf(Ts root, List<LegacyMessage> copies, LegacyReport report)
    {
        var replies = new SortedDictionary<Ts, LegacyReply>();
        foreach (var reply in copies.SelectMany(c => c.Replies))
        {
            if (!Ts.TryParse(reply.Ts, out var at))
                report.Lost("replies without a time, by the message they belong to", root.ToString());
            // Read from history, a message is its own first reply.
            else if (at != root)
                replies.TryAdd(at, reply);
        }

        return [.. replies.Select(r => (r.Key, r.Value))];
    }
}
