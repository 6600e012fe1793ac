using System.Text.RegularExpressions;
using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Elasticsearch.Legacy;

namespace Subot.Bot.Importing.Legacy;

/// <summary>Turns what the first Subot stored of a thread into facts.</summary>
/// <param name="self">Its own user id.</param>
internal sealed partial class LegacyFacts(ChannelId channel, string self, SettingsHistory settings, LegacyReport report)
{
    // Its first reply came at once, or it was a reminder.
    private const long RepliedWithin = 600 * Ts.Second;

    private readonly Translation _translation = new(new WorkspaceIdentity(self, null, [channel]), new CurrentSettings(settings));
    private readonly LegacyCorrections _corrections = new(settings, report);

    /// <summary>Everything that a thread tells, corrections included.</summary>
    public IReadOnlyList<Arrival> Of(LegacyThread thread)
    {
        var about = new MessageKey(channel, thread.Key.Root);
        var arrivals = new List<Arrival>(Messages(thread));
        if (arrivals is not [{ Fact: MessageFact root }, ..])
            return [];
        if (root.AuthorKind == AuthorKind.Person)
            arrivals[0] = arrivals[0] with { Fact = root with { Verdicts = root.Verdicts with { Findings = FindingsOf(thread) } } };
        else if (root.AuthorKind == AuthorKind.Bot)
            report.Noted("messages without an author: they count as an app's", thread.Key.Root.ToString());

        List<Fact> others = [.. Reactions(thread), .. Votes(thread)];
        if (thread.IsDeleted)
            others.Add(new DeletionFact(thread.Key.Root, thread.Key.Root));
        arrivals.AddRange(others.Select(f => Of(thread, about, f)));
        arrivals = [.. arrivals.DistinctBy(a => (a.Fact.Time, a.Fact.Kind, a.Fact.Key))];
        arrivals.AddRange(_corrections.Of(thread, arrivals.ConvertAll(a => a.Fact)).Select(f => Of(thread, about, f)));
        return arrivals;
    }

    private static Arrival Of(LegacyThread thread, MessageKey about, Fact fact) =>
        new(thread.Key, fact is ReactionFact reaction ? new MessageKey(thread.Key.Channel, reaction.Message) : about, fact);

    private IEnumerable<Arrival> Messages(LegacyThread thread)
    {
        var root = new SlackMessage { Ts = thread.Key.Root.ToString(), User = Known(thread.User), Text = thread.Message.Text, Subtype = SubtypeOf(thread) };
        foreach (var arrival in _translation.FromHistory(channel, root, Ts.Max, withSnapshot: false))
            yield return arrival;
        var replied = false;
        foreach (var (at, reply) in thread.Replies)
        {
            var message = new SlackMessage
            {
                Ts = at.ToString(),
                ThreadTs = root.Ts,
                User = Known(reply.User),
                BotId = reply.FromBot ? Known(reply.User) ?? "?" : null,
                Text = reply.Text,
            };
            foreach (var arrival in _translation.FromHistory(channel, message, Ts.Max, withSnapshot: false))
            {
                var answers = !replied && arrival.Fact is MessageFact { AuthorKind: AuthorKind.Self } && at - thread.Key.Root <= RepliedWithin;
                replied |= answers;
                yield return answers ? arrival with { Fact = (MessageFact)arrival.Fact with { Action = ActionKind.Reply } } : arrival;
            }
        }
    }

    private static string? Known(string user) => user.Length > 0 ? user : null;

    /// <summary>Slack's own notices had become messages of whom they are about.</summary>
    private string? SubtypeOf(LegacyThread thread)
    {
        if (thread.Message.Text == "This message was deleted.")
            return "tombstone";
        if (Notice().Match(thread.Message.Text) is not { Success: true } notice || notice.Groups["user"].Value != thread.User)
            return null;
        report.Noted("notices of Slack that were stored as messages: they are notices", thread.Key.Root.ToString());
        return "channel_topic";
    }

    /// <summary>What stood there, whoever found it: patterns of then, or an admin who knew better.</summary>
    private Findings FindingsOf(LegacyThread thread)
    {
        var valid = settings.At(thread.Key.Root);
        var (tools, labels) = (Ids(valid.Settings.Tools, c => c.Tools, "tools"), Ids(valid.Settings.Labels, c => c.Labels, "labels"));
        var now = valid.Find(thread.Message.Text);
        if (!now.Tools.ToHashSet().SetEquals(tools) || !now.Labels.ToHashSet().SetEquals(labels))
            report.Noted("messages in which today's patterns would find other tools or labels: what was stored stays", thread.Key.Root.ToString());
        return tools.Count + labels.Count == 0 ? Findings.None : new Findings(tools, labels, TimedOut: false);

        ValueList<string> Ids(ValueList<Tag> tags, Func<LegacyMessage, IReadOnlyList<string>> named, string kind)
        {
            var ids = new List<string>();
            foreach (var name in thread.Copies.SelectMany(named).Distinct())
            {
                if (tags.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase)) is { } tag)
                    ids.Add(tag.Id);
                else
                    report.Lost($"{kind} of messages that are in no settings", $"{name} ({thread.Key.Root})");
            }

            return [.. tags.Select(t => t.Id).Where(ids.Contains)];
        }
    }

    private IEnumerable<Fact> Reactions(LegacyThread thread)
    {
        var reactions = new LegacyReactions(thread, report);
        foreach (var fact in reactions.Facts(self))
            yield return fact;
        if (reactions.Read() is { } read)
            yield return _translation.Snapshot(read.Root, read.ReadAt);
    }

    private IEnumerable<VoteFact> Votes(LegacyThread thread)
    {
        foreach (var copy in thread.Copies.Where(c => c.Feedback is "feedback_useful" or "feedback_useless"))
        {
            if (Ts.TryParse(copy.FeedbackTs, out var at))
                yield return new VoteFact(at, new UserId(thread.User), copy.Feedback == "feedback_useful");
            else
                report.Lost("votes on answers without a time, by message", thread.Key.Root.ToString());
        }
    }

    [GeneratedRegex(@"^<@(?<user>[A-Z0-9]+)(\|[^>]*)?> (set the channel (topic|purpose|description)|cleared the channel|renamed the channel|has (joined|left) |pinned )")]
    private static partial Regex Notice();
}
