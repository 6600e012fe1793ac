using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>What follows when the requester says whether an answer helped.</summary>
internal sealed class FeedbackComposer(IStore store, CurrentSettings settings, OnCallNow onCall) : IComposer
{
    private const int LongestUpdate = 4000;
    private static readonly TimeSpan s_untilPosted = TimeSpan.FromSeconds(2);

    public async ValueTask<Outgoing> ComposeAsync(StoredAction action, CancellationToken ct)
    {
        var key = action.Action.Thread!.Value;
        var thread = (await store.LoadAsync([key], ct)).GetValueOrDefault(key)?.State;
        if (thread is null || thread.RootDeleted)
            return OutgoingNothing.Instance;
        return action.Action.Kind switch
        {
            ActionKind.SolvedEmoji => React(key, settings.At(key.Root)),
            ActionKind.Call => Call(key),
            _ => await OutcomeAsync(thread, ct),
        };
    }

    public IReadOnlyList<Block>? Blocks(BotAction action, string text, string? attachment) => null;

    private static Outgoing React(ThreadKey key, TeamSettings valid) => valid.SolvedEmoji.FirstOrDefault() is { } emoji
        ? new OutgoingCall((slack, ct) => slack.AddReactionAsync(key.Channel.Value, key.Root.ToString(), emoji, ct))
        : OutgoingNothing.Instance;

    private OutgoingPost Call(ThreadKey key)
    {
        var words = Wording.Of(settings.At(key.Root));
        var text = onCall.In(key.Channel) is { } fireman ? words.Say(TextId.CallFireman, ("fireman", $"<@{fireman}>")) : words.Say(TextId.CallNobody);
        return new OutgoingPost(key.Channel.Value, key.Root, text);
    }

    /// <summary>The reply without its question; what the requester said last stands under it.</summary>
    private async Task<Outgoing> OutcomeAsync(ProjectedThread thread, CancellationToken ct)
    {
        var key = thread.Key;
        if (await store.ActionAsync(BotAction.Reply(key, Ts.Max).Id, ct) is not { Text: { } said } reply)
            return OutgoingNothing.Instance;
        if (reply.PostedAt is not { } posted)
            return reply.Status is ActionStatus.Pending or ActionStatus.Sending ? new OutgoingLater(s_untilPosted) : OutgoingNothing.Instance;

        var outcome = Wording.Of(settings.At(key.Root)).Say(thread.Feedback == Feedback.Useful ? TextId.OutcomeUseful : TextId.OutcomeUseless);
        var message = new UpdateMessage
        {
            Channel = key.Channel.Value,
            Ts = posted.ToString(),
            Text = Cut(said, outcome),
            Blocks = [.. Sections.Of(said), new ContextBlock { Elements = [new Mrkdwn(outcome)] }],
        };
        return new OutgoingCall((slack, token) => slack.UpdateMessageAsync(message, token));
    }

    private static string Cut(string said, string outcome) =>
        said.Length + outcome.Length + 2 <= LongestUpdate ? $"{said}\n\n{outcome}" : outcome;
}
