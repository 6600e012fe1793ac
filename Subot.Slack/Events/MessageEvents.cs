namespace Subot.Slack;

/// <summary>Something happened to a message: it was posted, changed or deleted.</summary>
/// <param name="Channel">Where.</param>
/// <param name="ChannelType"><c>channel</c>, <c>group</c>, <c>im</c> or <c>mpim</c>.</param>
/// <param name="EventTs">When.</param>
public abstract record MessageEvent(string Channel, string? ChannelType, string? EventTs) : SlackEvent("message", EventTs);

/// <summary>
/// A new message, of a person or an app, or a notice of Slack's own such as <c>channel_join</c>:
/// <see cref="Subtype"/> tells. A <c>thread_broadcast</c> comes instead of the plain reply.
/// </summary>
public sealed record MessagePosted(string Channel, string? ChannelType, SlackMessage Message, string? EventTs)
    : MessageEvent(Channel, ChannelType, EventTs)
{
    /// <summary>Null for an ordinary message.</summary>
    public string? Subtype => Message.Subtype;
}

/// <summary>
/// A message is different now. Not always an edit: link previews, pins and thread locks come the same way with the
/// same text, and a deleted parent that has replies comes as a tombstone (<see cref="SlackMessage.IsTombstone"/>).
/// </summary>
/// <param name="Channel">Where.</param>
/// <param name="ChannelType"><c>channel</c>, <c>group</c>, <c>im</c> or <c>mpim</c>.</param>
/// <param name="Ts">When it changed. The message's own ts is in <paramref name="Message"/>.</param>
/// <param name="Message">The message as it is now.</param>
/// <param name="PreviousMessage">As it was.</param>
/// <param name="EventTs">When it changed.</param>
public sealed record MessageChanged(
    string Channel, string? ChannelType, string? Ts, SlackMessage Message, SlackMessage? PreviousMessage, string? EventTs)
    : MessageEvent(Channel, ChannelType, EventTs);

/// <summary>A message is gone.</summary>
/// <param name="Channel">Where.</param>
/// <param name="ChannelType"><c>channel</c>, <c>group</c>, <c>im</c> or <c>mpim</c>.</param>
/// <param name="Ts">When it was deleted.</param>
/// <param name="DeletedTs">The ts of the message that is gone.</param>
/// <param name="PreviousMessage">As it was.</param>
/// <param name="EventTs">When it was deleted.</param>
public sealed record MessageDeleted(
    string Channel, string? ChannelType, string? Ts, string DeletedTs, SlackMessage? PreviousMessage, string? EventTs)
    : MessageEvent(Channel, ChannelType, EventTs);

/// <summary>An emoji was put on something or taken off it.</summary>
/// <param name="Type"><c>reaction_added</c> or <c>reaction_removed</c>.</param>
/// <param name="User">Who did it.</param>
/// <param name="Reaction">The emoji's name without colons, perhaps with a tone: <c>+1::skin-tone-3</c>.</param>
/// <param name="ItemUser">The author of the message; may be absent.</param>
/// <param name="ItemType"><c>message</c>; <c>file</c> for old files.</param>
/// <param name="Channel">Where the message is.</param>
/// <param name="ItemTs">The message's ts. Slack does not tell its thread.</param>
/// <param name="EventTs">When.</param>
public abstract record ReactionEvent(
    string Type, string User, string Reaction, string? ItemUser, string? ItemType, string? Channel, string? ItemTs, string? EventTs)
    : SlackEvent(Type, EventTs);

/// <summary>An emoji was put on a message. May come for a message never seen, or after its deletion.</summary>
public sealed record ReactionAdded(
    string User, string Reaction, string? ItemUser, string? ItemType, string? Channel, string? ItemTs, string? EventTs)
    : ReactionEvent("reaction_added", User, Reaction, ItemUser, ItemType, Channel, ItemTs, EventTs);

/// <summary>An emoji was taken off a message. Deleting the message does not send it.</summary>
public sealed record ReactionRemoved(
    string User, string Reaction, string? ItemUser, string? ItemType, string? Channel, string? ItemTs, string? EventTs)
    : ReactionEvent("reaction_removed", User, Reaction, ItemUser, ItemType, Channel, ItemTs, EventTs);
