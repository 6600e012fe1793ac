using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>
/// The shortcuts on messages. They are for the team and the admins; they act on the thread of the message, whichever it is in it.
/// </summary>
internal sealed class ShortcutDesk(
    IThreadStore store,
    WorkspaceIdentity self,
    CurrentSettings settings,
    Corrector corrector,
    Naming naming,
    TrackShortcut track,
    SameAsShortcut sameAs,
    AnswerToShortcut answerTo,
    TimeProvider time)
{
    private static readonly string[] s_known = [SolveShortcut.Id, ReopenShortcut.Id, DismissShortcut.Id, TrackShortcut.Id, SameAsShortcut.Id, AnswerToShortcut.Id];

    public async Task HandleAsync(InteractionDelivery interaction, CancellationToken ct)
    {
        var at = Ts.TryParse(interaction.ActionTs, out var told) ? told : Ts.From(time.GetUtcNow());
        var (user, words) = (new UserId(interaction.User), Wording.Of(settings.At(at)));
        if (Refusal(interaction) is { } refusal)
        {
            await TellAsync(interaction, words.Say(refusal), ct);
            return;
        }

        if (!Ts.TryParse(interaction.MessageTs, out var message) || await ThreadAsync(interaction, message, ct) is not { } thread)
            await TellAsync(interaction, words.Say(TextId.ShortcutNoRecord), ct);
        else if (!corrector.May(user, at) && !MayAsRequester(interaction, user, thread))
            await TellAsync(interaction, words.Say(TextId.TeamOnly), ct);
        else
            await DispatchAsync(new ShortcutUse(interaction, thread, message, user, at, words), ct);
    }

    private Task DispatchAsync(ShortcutUse use, CancellationToken ct) => use.Interaction.CallbackId switch
    {
        SolveShortcut.Id => CorrectAsync(use, SolveShortcut.Decide(use.Thread), ct),
        ReopenShortcut.Id => CorrectAsync(use, ReopenShortcut.Decide(use.Thread), ct),
        DismissShortcut.Id => CorrectAsync(use, DismissShortcut.Decide(use.Thread), ct),
        TrackShortcut.Id => track.OpenAsync(use, ct),
        SameAsShortcut.Id => sameAs.OpenAsync(use, ct),
        AnswerToShortcut.Id => answerTo.OpenAsync(use, ct),
        _ => throw new ArgumentException($"Nobody knows the shortcut {use.Interaction.CallbackId}", nameof(use)),
    };

    private TextId? Refusal(InteractionDelivery interaction) =>
        !s_known.Contains(interaction.CallbackId) ? TextId.ShortcutUnknown
        : !self.Watches(interaction.Channel) ? TextId.ShortcutElsewhere
        : null;

    /// <summary>As with the emoji, who asked may say that it is solved, or that it is not.</summary>
    private static bool MayAsRequester(InteractionDelivery interaction, UserId user, ProjectedThread thread) =>
        interaction.CallbackId is SolveShortcut.Id or ReopenShortcut.Id && user == thread.Requester;

    private async Task<ProjectedThread?> ThreadAsync(InteractionDelivery interaction, Ts message, CancellationToken ct)
    {
        var key = new ThreadKey(new ChannelId(interaction.Channel!), Ts.TryParse(interaction.ThreadTs, out var root) ? root : message);
        return (await store.LoadAsync([key], ct)).GetValueOrDefault(key)?.State;
    }

    private async Task CorrectAsync(ShortcutUse use, Decision decision, CancellationToken ct)
    {
        if (decision.Correction is { } kind)
            await corrector.StoreAsync(ct, Corrector.Of(use.Thread, use.At, kind, use.User));
        await use.TellAsync(decision.Says, ct, ("excerpt", await naming.ExcerptAsync(use.Thread.Key, ct) ?? use.Words.Say(TextId.NoText)));
    }

    private static Task TellAsync(InteractionDelivery interaction, string text, CancellationToken ct) =>
        interaction.RespondAsync(new ResponseMessage { Text = text, ReplaceOriginal = false }, ct);
}
