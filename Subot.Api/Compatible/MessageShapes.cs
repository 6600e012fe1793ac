using System.Globalization;
using Subot.Api.Threads;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Domain.Reminders;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage;

namespace Subot.Api.Compatible;

/// <summary>Tells requests as the first Subot did.</summary>
internal sealed class MessageShapes(
    SettingsHistory settings, Ts now, IReadOnlyDictionary<MessageKey, string> texts, IReadOnlyDictionary<UserId, Person> people)
{
    private readonly SettingsVersion _version = settings.At(now);

    public MessageShape Of(ReadThread thread)
    {
        var (state, root) = (thread.State, thread.State.Key.Root);
        var course = state.Course!;
        var user = UserOf(state.RootAuthor);
        return new MessageShape
        {
            Id = state.Key.ToString(),
            Status = StatusOf(state),
            Labels = Names(_version.Settings.Labels, state.Labels),
            Tools = Names(_version.Settings.Tools, state.Tools),
            Text = TextOf(state.Key.Channel, root),
            User = state.RootAuthor?.Value ?? "",
            UserName = user.Name,
            UserInfo = user,
            Ts = root.ToString(),
            Reactions = ReactionShapes.Of(thread.Facts, root),
            Replies = Replies(thread) is { Count: > 0 } replies ? replies : null,
            EditedTs = thread.Facts.OfType<EditFact>().LastOrDefault(e => e.Message == root)?.Time.ToString() ?? "",
            RemindAt = RemindAt(state),
            ResponseTime = Minutes(root, course.FirstTeamReply),
            ResolutionTime = Minutes(root, course.FirstSolvedAt),
            FeedbackStatus = FeedbackOf(state),
            FeedbackTs = thread.Facts.OfType<VoteFact>().LastOrDefault(v => v.User == state.Requester)?.Time.ToString() ?? "",
        };
    }

    // It knew nothing of an expiry: what is closed without an answer is not what waits for one.
    private static string StatusOf(ProjectedThread state) => state.Status switch
    {
        ThreadStatus.Fixed => "fixed",
        ThreadStatus.Unresponded => "unresponded",
        _ => "responded",
    };

    private static IReadOnlyList<string>? Names(ValueList<Tag> tags, ValueList<string> ids) =>
        ids.Count == 0 ? null : [.. ids.Select(id => tags.FirstOrDefault(t => t.Id == id)?.Name ?? id)];

    private List<ReplyShape> Replies(ReadThread thread)
    {
        var key = thread.State.Key;
        var deleted = thread.Facts.OfType<DeletionFact>().Select(d => d.Message).ToHashSet();
        var replies = thread.Facts.OfType<MessageFact>()
            .Where(m => m.Time != key.Root && !deleted.Contains(m.Time) && m.AuthorKind is not (AuthorKind.Notice or AuthorKind.Tombstone));
        return [.. replies.Select(m => (Message: m, User: UserOf(m.Author))).Select(r => new ReplyShape(
            r.Message.Author?.Value ?? "", r.User.Name, r.User, r.Message.Time.ToString(), key.Root.ToString(), TextOf(key.Channel, r.Message.Time), r.Message.AuthorKind is AuthorKind.Self or AuthorKind.Bot))];
    }

    private string RemindAt(ProjectedThread state)
    {
        var rule = _version.Settings.Reminders.Rule;
        if (state is not { Turn: Turn.Team, SilentSince: { } since } || rule.Limit == 0)
            return "";
        var due = rule.DueAt(new Silence(since, [.. state.Snoozes.Select(s => s.At)]), settings.ClockOf(_version, state.Key.Channel), 1);
        return due == Ts.Max ? "" : (due.Micros / Ts.Second).ToString(CultureInfo.InvariantCulture);
    }

    private string FeedbackOf(ProjectedThread state) => state.Feedback switch
    {
        Feedback.Useful => "feedback_useful",
        Feedback.Useless => "feedback_useless",
        _ when state.BotReplied is not null
            && Decisions.AnswersTo(state, settings.At(state.Key.Root).Settings).Any(a => a is { State: AnswerState.Active, Feedback: true }) => "asked_feedback",
        _ => "no_feedback",
    };

    private static long Minutes(Ts from, Ts? to) => to is { } end ? (end - from) / (60 * Ts.Second) : 0;

    private string TextOf(ChannelId channel, Ts ts) => texts.GetValueOrDefault(new MessageKey(channel, ts), "");

    private UserShape UserOf(UserId? user) => UserShapes.Of(user is { } known ? people.GetValueOrDefault(known) : null);
}
