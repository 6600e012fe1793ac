using Microsoft.Extensions.Logging;
using Subot.Bot.Home;
using Subot.Bot.Interactions.Shortcuts;
using Subot.Bot.Sending;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Interactions;

/// <summary>
/// Buttons, shortcuts and modals. What they change is stored before they are acknowledged; what cannot be stored is told to the person.
/// </summary>
internal sealed partial class InteractionDesk(
    FeedbackPress feedback,
    SnoozePress snooze,
    ShortcutDesk shortcuts,
    ModalDesk submissions,
    Modals modals,
    HomePress home,
    CurrentSettings settings,
    TimeProvider time,
    ILogger<InteractionDesk> log)
{
    public async Task HandleAsync(InteractionDelivery interaction, CancellationToken ct)
    {
        try
        {
            await DispatchAsync(interaction, ct);
        }
        catch (StoreException e)
        {
            Log.Failed(log, interaction.Type, e.Message);
            await TellAsync(interaction, TextId.PressFailed, ct, ("reason", SlackText.Escape(e.Message)));
        }
    }

    private Task DispatchAsync(InteractionDelivery interaction, CancellationToken ct) => interaction switch
    {
        { Type: "block_actions", Actions: [{ ActionId: ReplyComposer.UsefulButton } press, ..] } => feedback.HandleAsync(interaction, press, useful: true, ct),
        { Type: "block_actions", Actions: [{ ActionId: ReplyComposer.UselessButton } press, ..] } => feedback.HandleAsync(interaction, press, useful: false, ct),
        { Type: "block_actions", Actions: [{ ActionId: ReminderComposer.SnoozeButton } press, ..] } => snooze.HandleAsync(interaction, press, ct),
        { Type: "block_actions", View.Type: "home", Actions: [var press, ..] } => home.HandleAsync(interaction, press, ct),
        { Type: "message_action" } => shortcuts.HandleAsync(interaction, ct),
        { Type: "view_submission" } => submissions.HandleAsync(interaction, ct),
        { Type: "shortcut" } => NoticeAsync(interaction, ct),
        { Type: "block_actions", ResponseUrl: not null } => TellAsync(interaction, TextId.ButtonUnknown, ct),
        _ => interaction.AcknowledgeAsync(ct),
    };

    /// <summary>A shortcut without a message: there is none.</summary>
    private Task NoticeAsync(InteractionDelivery interaction, CancellationToken ct)
    {
        var words = Wording.Of(settings.At(Ts.From(time.GetUtcNow())));
        return modals.NoticeAsync(interaction, words.Say(TextId.ShortcutUnknown), words, ct);
    }

    /// <summary>Acknowledges, and tells the person alone.</summary>
    private Task TellAsync(InteractionDelivery interaction, TextId text, CancellationToken ct, params (string, object?)[] places) =>
        interaction.RespondAsync(new ResponseMessage { Text = Wording.Of(settings.At(Ts.From(time.GetUtcNow()))).Say(text, places), ReplaceOriginal = false }, ct);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A {Type} could not be stored: {Reason}")]
        public static partial void Failed(ILogger log, string type, string reason);
    }
}
