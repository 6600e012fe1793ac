using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Values;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>Turns what Slack says into facts. Slack's types end here.</summary>
internal sealed class Translation(WorkspaceIdentity self, CurrentSettings settings)
{
    /// <summary>The event type of our posts' metadata, and the field that carries the action's id.</summary>
    public const string MetadataType = "subot_action";

    /// <summary>The metadata field that carries the action's id.</summary>
    public const string MetadataId = "id";

    private const int MostMentions = 5;
    private const long EditMargin = 3 * Ts.Second;

    /// <summary>The fact that an event tells; null if it tells none that matters here.</summary>
    public Arrival? Translate(SlackEvent slackEvent) => slackEvent switch
    {
        MessagePosted posted when self.Watches(posted.Channel) => Posted(posted),
        MessageChanged changed when self.Watches(changed.Channel) => Changed(changed),
        MessageDeleted deleted when self.Watches(deleted.Channel) => Deleted(deleted),
        ReactionEvent reaction when self.Watches(reaction.Channel) => Reaction(reaction),
        _ => null,
    };

    /// <summary>
    /// What a message in history or an export shows: the message, its last edit, its deletion, and for a root the reactions present.
    /// </summary>
    /// <param name="readAt">Slack's time of the read; <see cref="Ts.Max"/> for an export, which is made long after.</param>
    /// <param name="withSnapshot">Whether the reactions of a root are to be told.</param>
    public IEnumerable<Arrival> FromHistory(ChannelId channel, SlackMessage message, Ts readAt, bool withSnapshot = true)
    {
        if (Message(channel, message) is not { } arrival)
            yield break;
        yield return arrival;
        if (message.Edited is { } edited && Ts.TryParse(edited.Ts, out var second))
            yield return arrival with { Fact = new EditFact(LastEdit(second, readAt), arrival.About.Ts, ((MessageFact)arrival.Fact).Verdicts) };
        if (message.IsTombstone)
            yield return arrival with { Fact = new DeletionFact(arrival.About.Ts, arrival.About.Ts), Text = null };
        if (withSnapshot && arrival.Thread!.Value.Root == arrival.About.Ts)
            yield return arrival with { Fact = Snapshot(message, readAt), Text = null };
    }

    /// <summary>What a read of the root's reactions shows.</summary>
    public SnapshotFact Snapshot(SlackMessage root, Ts readAt)
    {
        var seen = root.Reactions
            .SelectMany(r => r.Users.Select(u => new SeenReaction(EmojiName(r.Name), new UserId(u), u == self.UserId, readAt, Present: true)))
            .DistinctBy(r => (r.Emoji, r.User))
            .OrderBy(r => r.Emoji, StringComparer.Ordinal).ThenBy(r => r.User);
        var truncated = root.Reactions.Where(r => r.Users.Count < r.Count).Select(r => EmojiName(r.Name));
        return new SnapshotFact(readAt, [.. seen], [.. truncated.Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Events tell the moment of an edit; history cuts it to the second, and shows the text that was last. That comes after every edit of
    /// its second, once the second is over.
    /// </summary>
    private static Ts LastEdit(Ts second, Ts readAt) =>
        second.Micros % Ts.Second == 0 && readAt - second > EditMargin ? new Ts(second.Micros + Ts.Second - 1) : second;

    private Arrival? Posted(MessagePosted posted) => Message(new ChannelId(posted.Channel), posted.Message);

    private Arrival? Message(ChannelId channel, SlackMessage message)
    {
        if (!Ts.TryParse(message.Ts, out var ts) || !TryThread(channel, message, out var thread))
            return null;
        var author = message.User is { Length: > 0 } user ? new UserId(user) : (UserId?)null;
        var actionId = message.Metadata is { EventType: MetadataType } metadata && self.IsSelf(message.User, message.BotId) ? metadata.Find(MetadataId) : null;
        var fact = new MessageFact(ts, author, AuthorOf(message), VerdictsOf(message, thread, ts))
        {
            Action = actionId is null ? null : BotAction.KindOf(actionId),
        };
        return new Arrival(thread, new MessageKey(channel, ts), fact) { Text = message.Text ?? "", ActionId = actionId };
    }

    private Arrival? Changed(MessageChanged changed)
    {
        var channel = new ChannelId(changed.Channel);
        if (!Ts.TryParse(changed.Message.Ts, out var ts) || !Ts.TryParse(changed.EventTs ?? changed.Ts, out var at))
            return null;
        // A root without replies names no thread: it is looked up.
        var thread = Ts.TryParse(changed.Message.ThreadTs, out var root) ? new ThreadKey(channel, root) : (ThreadKey?)null;
        if (changed.Message.IsTombstone)
            return new Arrival(thread, new MessageKey(channel, ts), new DeletionFact(at, ts));

        // Previews, pins and thread locks come as changes with the same text.
        var sameText = changed.PreviousMessage is { Text: { } before } ? before == changed.Message.Text : changed.Message.Edited is null;
        return sameText ? null : new Arrival(thread, new MessageKey(channel, ts), new EditFact(at, ts, VerdictsOf(changed.Message, thread, ts)))
        {
            Text = changed.Message.Text ?? "",
            Writer = changed.Message.User is { Length: > 0 } writer ? new UserId(writer) : null,
        };
    }

    private static Arrival? Deleted(MessageDeleted deleted)
    {
        var channel = new ChannelId(deleted.Channel);
        if (!Ts.TryParse(deleted.DeletedTs, out var ts) || !Ts.TryParse(deleted.EventTs ?? deleted.Ts, out var at))
            return null;
        var thread = Ts.TryParse(deleted.PreviousMessage?.ThreadTs, out var root) ? new ThreadKey(channel, root) : (ThreadKey?)null;
        return new Arrival(thread, new MessageKey(channel, ts), new DeletionFact(at, ts));
    }

    private Arrival? Reaction(ReactionEvent reaction)
    {
        if (reaction.ItemType is not (null or "message") || !Ts.TryParse(reaction.ItemTs, out var ts) || !Ts.TryParse(reaction.EventTs, out var at))
            return null;
        var channel = new ChannelId(reaction.Channel!);
        var fact = new ReactionFact(at, reaction is ReactionAdded, ts, EmojiName(reaction.Reaction), new UserId(reaction.User), reaction.User == self.UserId);
        return new Arrival(null, new MessageKey(channel, ts), fact);
    }

    private static bool TryThread(ChannelId channel, SlackMessage message, out ThreadKey thread)
    {
        thread = default;
        if (!Ts.TryParse(message.ThreadTs ?? message.Ts, out var root))
            return false;
        thread = new ThreadKey(channel, root);
        return true;
    }

    private AuthorKind AuthorOf(SlackMessage message)
    {
        if (self.IsSelf(message.User, message.BotId))
            return AuthorKind.Self;
        return message.Subtype switch
        {
            "tombstone" => AuthorKind.Tombstone,
            null or "file_share" or "thread_broadcast" or "me_message" or "bot_message" => message switch
            {
                { BotProfile.IsWorkflowBot: true } => AuthorKind.Workflow,
                { BotId.Length: > 0 } or { User: null or "" } => AuthorKind.Bot,
                _ => AuthorKind.Person,
            },
            _ => AuthorKind.Notice,
        };
    }

    /// <param name="thread">The thread of the message; null if it may be a root of its own.</param>
    private Verdicts VerdictsOf(SlackMessage message, ThreadKey? thread, Ts ts)
    {
        var text = message.Text ?? "";
        var verdicts = new Verdicts(Courtesy.Is(text, message.FileIds.Count > 0), text.Length, Mentions(text));
        // Patterns look for what a request is about: not in replies, nor in what no request can be made of.
        var mayAsk = (thread is null || thread.Value.Root == ts) && AuthorOf(message) is AuthorKind.Person or AuthorKind.Workflow;
        return mayAsk && settings.History.At(ts).Find(text) is var found && found != Findings.None ? verdicts with { Findings = found } : verdicts;
    }

    private static ValueList<UserId> Mentions(string text)
    {
        if (!text.Contains("<@", StringComparison.Ordinal))
            return [];
        var mentions = new List<UserId>();
        for (var at = text.IndexOf("<@", StringComparison.Ordinal); at >= 0 && mentions.Count < MostMentions; at = text.IndexOf("<@", at + 2, StringComparison.Ordinal))
        {
            var end = text.AsSpan(at + 2).IndexOfAny('>', '|');
            if (end > 0)
                mentions.Add(new UserId(text.Substring(at + 2, end)));
        }

        return [.. mentions];
    }

    /// <summary>An emoji without its skin tone.</summary>
    public static string EmojiName(string name)
    {
        var tone = name.IndexOf("::", StringComparison.Ordinal);
        return tone < 0 ? name : name[..tone];
    }
}
