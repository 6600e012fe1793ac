using Subot.Domain;
using Subot.Slack;

namespace Subot.Bot.Sending;

/// <summary>What an action comes down to at the moment: one call to Slack.</summary>
internal abstract record Outgoing;

/// <summary>A post, made once.</summary>
/// <param name="Place">A channel, or the direct conversation with a person.</param>
/// <param name="Thread">The root of the thread it goes into.</param>
/// <param name="Text">The words; those that were fixed before count.</param>
/// <param name="Attachment">What it carries besides, in the form of the action's kind.</param>
internal sealed record OutgoingPost(string Place, Ts? Thread, string Text, string? Attachment = null) : Outgoing;

/// <summary>Words that one person sees, at most once.</summary>
internal sealed record OutgoingEphemeral(UserId User, string Text) : Outgoing;

/// <summary>A call that may be made again: a reaction, an update, the members of a group.</summary>
internal sealed record OutgoingCall(Func<ISlackApi, CancellationToken, Task> Call) : Outgoing;

/// <summary>Something has to happen before.</summary>
internal sealed record OutgoingLater(TimeSpan Wait) : Outgoing;

/// <summary>The reason of the action went away, for good.</summary>
internal sealed record OutgoingNothing : Outgoing
{
    public static OutgoingNothing Instance { get; } = new();
}

/// <summary>A refused post is tried again.</summary>
/// <param name="Attachment">What it carries then; null: only the words.</param>
internal sealed record Again(TimeSpan Wait, string? Attachment);

/// <summary>Says what an action comes down to.</summary>
internal interface IComposer
{
    /// <summary>What is to be sent now.</summary>
    ValueTask<Outgoing> ComposeAsync(Storage.StoredAction action, CancellationToken ct);

    /// <summary>The blocks of a post; null if its words are enough.</summary>
    /// <param name="text">The words as they were fixed.</param>
    IReadOnlyList<Block>? Blocks(Domain.Actions.BotAction action, string text, string? attachment);

    /// <summary>How the same words are posted after Slack refused them with what they carry; null: the refusal stands.</summary>
    Again? AfterRefusal(Storage.StoredAction sending, SlackException refusal) => null;
}
