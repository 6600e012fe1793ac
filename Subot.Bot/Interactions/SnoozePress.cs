using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Interactions;

/// <summary>Somebody of the team puts the reminders of a request off until tomorrow. The button gives way to what was done.</summary>
internal sealed class SnoozePress(ApplyQueue queue, CurrentSettings settings, TimeProvider time)
{
    public async Task HandleAsync(InteractionDelivery interaction, BlockAction press, CancellationToken ct)
    {
        var at = Ts.TryParse(press.ActionTs, out var told) ? told : Ts.From(time.GetUtcNow());
        var words = Wording.Of(settings.At(at));
        var user = new UserId(interaction.User);
        if (ThreadValue.Parse(press.Value) is not { } key)
        {
            await interaction.RespondAsync(new ResponseMessage { Text = words.Say(TextId.ButtonUnknown), ReplaceOriginal = false }, ct);
            return;
        }

        if (!settings.History.InTeam(user, at))
        {
            await interaction.RespondAsync(new ResponseMessage { Text = words.Say(TextId.TeamOnly), ReplaceOriginal = false }, ct);
            return;
        }

        await queue.AddAndWaitAsync([new Arrival(key, new MessageKey(key.Channel, key.Root), new CorrectionFact(at, CorrectionKind.Snooze, user))], ct);
        var said = interaction.Message?.Text ?? "";
        await interaction.RespondAsync(new ResponseMessage { Text = $"{said}\n{words.Say(TextId.Snoozed)}".Trim(), ReplaceOriginal = true }, ct);
    }
}
