using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Interactions;

/// <summary>The requester says whether an automatic answer helped. Others are told that it is not theirs to say.</summary>
internal sealed class FeedbackPress(IThreadStore store, ApplyQueue queue, CurrentSettings settings, TimeProvider time)
{
    public async Task HandleAsync(InteractionDelivery interaction, BlockAction press, bool useful, CancellationToken ct)
    {
        var key = ThreadValue.Parse(press.Value);
        var thread = key is null ? null : (await store.LoadAsync([key.Value], ct)).GetValueOrDefault(key.Value)?.State;
        var words = Wording.Of(settings.At(key?.Root ?? Ts.From(time.GetUtcNow())));
        if (thread?.Kind != RootKind.Request)
        {
            await TellAsync(interaction, words.Say(TextId.ButtonUnknown), ct);
            return;
        }

        var user = new UserId(interaction.User);
        if (user != thread.Requester)
        {
            await TellAsync(interaction, words.Say(TextId.FeedbackNotYours, ("requester", thread.Requester is { } requester ? $"<@{requester}>" : words.Say(TextId.UnknownRequester))), ct);
            return;
        }

        if (thread.Feedback != Feedback.None)
        {
            await TellAsync(interaction, words.Say(TextId.FeedbackAlready), ct);
            return;
        }

        var at = Ts.TryParse(press.ActionTs, out var told) ? told : Ts.From(time.GetUtcNow());
        await queue.AddAndWaitAsync([new Arrival(key, new MessageKey(key!.Value.Channel, key.Value.Root), new VoteFact(at, user, useful))], ct);
        await interaction.AcknowledgeAsync(ct);
    }

    private static Task TellAsync(InteractionDelivery interaction, string text, CancellationToken ct) =>
        interaction.RespondAsync(new ResponseMessage { Text = text, ReplaceOriginal = false }, ct);
}
