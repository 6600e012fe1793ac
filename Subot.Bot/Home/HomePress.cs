using Microsoft.Extensions.Logging;
using Subot.Bot.Interactions;
using Subot.Bot.Interactions.Shortcuts;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Projection;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Home;

/// <summary>What is pressed in a home tab. The tab is shown anew after it, whatever it was: an old tab heals so.</summary>
internal sealed partial class HomePress(
    IThreadStore store, Corrector corrector, HomePublisher publisher, CurrentSettings settings, TimeProvider time, ILogger<HomePress> log)
{
    public async Task HandleAsync(InteractionDelivery interaction, BlockAction press, CancellationToken ct)
    {
        var user = new UserId(interaction.User);
        var notice = press.ActionId == TeamHome.Menu ? await ChooseAsync(user, press, ct) : null;
        await interaction.AcknowledgeAsync(ct);
        await publisher.PublishAsync(user, notice, ct);
    }

    /// <summary>Does what was chosen; what the person is to be told, if it was not done.</summary>
    private async Task<string?> ChooseAsync(UserId user, BlockAction press, CancellationToken ct)
    {
        var at = Ts.TryParse(press.ActionTs, out var told) ? told : Ts.From(time.GetUtcNow());
        var words = Wording.Of(settings.At(at));
        if (!corrector.May(user, at))
            return words.Say(TextId.TeamOnly);
        if (press.SelectedValue?.Split(':', 2) is not [var what, var value] || ThreadValue.Parse(value) is not { } key)
            return words.Say(TextId.ButtonUnknown);
        try
        {
            if ((await store.LoadAsync([key], ct)).GetValueOrDefault(key)?.State is not { } thread)
                return words.Say(TextId.ShortcutNoRecord);
            var decision = Decide(what, thread);
            if (decision.Correction is not { } kind)
                return words.Say(decision.Says);
            await corrector.StoreAsync(ct, Corrector.Of(thread, at, kind, user));
            return null;
        }
        catch (StoreException e)
        {
            Log.NotStored(log, e.Message);
            return words.Say(TextId.PressFailed, ("reason", SlackText.Escape(e.Message)));
        }
    }

    private static Decision Decide(string what, ProjectedThread thread) => what switch
    {
        SolveShortcut.Id => SolveShortcut.Decide(thread),
        TeamHome.Snooze when thread.SilentSince is not null => new Decision(CorrectionKind.Snooze, TextId.Snoozed),
        TeamHome.Snooze => Decision.Nothing(thread.Kind == RootKind.Request ? TextId.AlreadyClosed : Decision.NoRequest(thread).Says),
        _ => Decision.Nothing(TextId.ButtonUnknown),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A press in a home tab could not be stored: {Reason}")]
        public static partial void NotStored(ILogger log, string reason);
    }
}
