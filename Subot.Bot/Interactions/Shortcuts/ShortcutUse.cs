using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Projection;
using Subot.Slack;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>Somebody who may do so used a shortcut on a message of a watched channel.</summary>
/// <param name="Thread">The thread that the message is in, as it stands.</param>
/// <param name="Message">The message itself: the root or a reply.</param>
/// <param name="At">When, by Slack's clock.</param>
internal sealed record ShortcutUse(InteractionDelivery Interaction, ProjectedThread Thread, Ts Message, UserId User, Ts At, Wording Words)
{
    /// <summary>Tells the person alone, in the thread if that is where they are.</summary>
    public Task TellAsync(TextId text, CancellationToken ct, params (string, object?)[] places)
    {
        var thread = Message == Thread.Key.Root ? null : Thread.Key.Root.ToString();
        return Interaction.RespondAsync(new ResponseMessage { Text = Words.Say(text, places), ThreadTs = thread, ReplaceOriginal = false }, ct);
    }
}
