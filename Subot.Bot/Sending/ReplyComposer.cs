using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>The first reply to a request: thanks, or the plea to keep to threads, and the answers that fit.</summary>
internal sealed class ReplyComposer(IStore store, CurrentSettings settings) : IComposer
{
    /// <summary>In the place of an attachment: the requester is asked whether the answers helped.</summary>
    public const string AsksFeedback = "feedback";

    /// <summary>The ids of the buttons; their value is the thread.</summary>
    public const string UsefulButton = "feedback_useful";

    /// <inheritdoc cref="UsefulButton"/>
    public const string UselessButton = "feedback_useless";

    public async ValueTask<Outgoing> ComposeAsync(StoredAction action, CancellationToken ct)
    {
        var key = action.Action.Thread!.Value;
        if (action.Action.Kind == ActionKind.Retract)
            return await RetractAsync(key, ct);
        var thread = (await store.LoadAsync([key], ct)).GetValueOrDefault(key)?.State;
        if (thread?.Kind != RootKind.Request)
            return OutgoingNothing.Instance;
        var valid = settings.At(key.Root);
        var words = Wording.Of(valid);
        var answers = Decisions.AnswersTo(thread, valid).Where(a => a.State == AnswerState.Active).ToList();
        var greeting = await IsSameMatterAsync(thread, ct) ? TextId.KeepToThreads : answers.Count > 0 ? TextId.ThanksWithAnswers : TextId.Thanks;
        var text = string.Join("\n\n", answers.Select(a => a.Text).Prepend(words.Say(greeting)));
        return new OutgoingPost(key.Channel.Value, key.Root, text, answers.Exists(a => a.Feedback) ? AsksFeedback : null);
    }

    public IReadOnlyList<Block>? Blocks(BotAction action, string text, string? attachment)
    {
        if (attachment != AsksFeedback)
            return null;
        var words = Wording.Of(settings.At(action.Root!.Value));
        Button Press(string id, TextId label, string? style) => new() { ActionId = id, Text = new PlainText(words.Say(label)), Value = action.Thread.ToString(), Style = style };
        return
        [
            .. Sections.Of(text),
            new ContextBlock { Elements = [new Mrkdwn(words.Say(TextId.FeedbackQuestion))] },
            new ActionsBlock { Elements = [Press(UsefulButton, TextId.FeedbackUseful, "primary"), Press(UselessButton, TextId.FeedbackUseless, null)] },
        ];
    }

    /// <summary>The reply goes if nobody else has replied: else it stands in a conversation.</summary>
    private async Task<Outgoing> RetractAsync(ThreadKey key, CancellationToken ct) =>
        (await store.LoadAsync([key], ct)).GetValueOrDefault(key)?.State is { RootDeleted: true, Replies: 1 }
            && await store.ActionAsync(BotAction.Reply(key, Ts.Max).Id, ct) is { PostedAt: { } posted }
            ? new OutgoingCall((slack, token) => slack.DeleteMessageAsync(key.Channel.Value, posted.ToString(), token))
            : OutgoingNothing.Instance;

    /// <summary>Whether the same person opened another request a moment before; what is settled already is another matter.</summary>
    private async Task<bool> IsSameMatterAsync(ProjectedThread thread, CancellationToken ct)
    {
        var (channel, root) = (thread.Key.Channel, thread.Key.Root);
        // A workflow that names nobody asks for nobody: two of those are not one person's.
        return thread.Requester is { } requester && await store.HasOpenRequestAsync(channel, requester, root.AddSeconds(-Decisions.SameMatterSeconds), root, ct);
    }
}
