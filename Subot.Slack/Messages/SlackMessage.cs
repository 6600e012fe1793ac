using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>
/// A message as Slack shows it in events, history, threads and answers. Only what a bot needs is kept: blocks and
/// attachments are not read. Times are Slack's <c>seconds.microseconds</c> texts, fixed in width, so that an
/// ordinal comparison orders them.
/// </summary>
[JsonConverter(typeof(SlackMessageConverter))]
public sealed class SlackMessage
{
    /// <summary><c>message</c>, in all that is known.</summary>
    public string? Type { get; set; }

    /// <summary>
    /// Null when a person or a modern app wrote it; else e.g. <c>file_share</c>, <c>thread_broadcast</c>, <c>tombstone</c>.
    /// </summary>
    public string? Subtype { get; set; }

    /// <summary>The channel, in events only.</summary>
    public string? Channel { get; set; }

    /// <summary>The author; absent for legacy <c>bot_message</c>.</summary>
    public string? User { get; set; }

    /// <summary>Set when an app wrote it: what tells bots from people.</summary>
    public string? BotId { get; set; }

    /// <summary>The app that wrote it.</summary>
    public string? AppId { get; set; }

    /// <summary>The name shown by a legacy <c>bot_message</c>.</summary>
    public string? Username { get; set; }

    /// <summary>What Slack tells about the app that wrote it.</summary>
    public BotProfile? BotProfile { get; set; }

    /// <summary>
    /// The text with <c>&amp; &lt; &gt;</c> escaped and links and mentions in angle brackets; see <see cref="SlackText"/>.
    /// </summary>
    public string? Text { get; set; }

    /// <summary>The id of the message, unique within its channel only.</summary>
    public string? Ts { get; set; }

    /// <summary>The thread's parent. On a parent that has replies it equals <see cref="Ts"/>; absent without replies.</summary>
    public string? ThreadTs { get; set; }

    /// <summary>The author of the thread's parent, on a reply.</summary>
    public string? ParentUserId { get; set; }

    /// <summary>How many replies a parent has.</summary>
    public int? ReplyCount { get; set; }

    /// <summary>The ts of a parent's latest reply: tells which threads changed since a moment.</summary>
    public string? LatestReply { get; set; }

    /// <summary>Present when its author changed the text; not for unfurls.</summary>
    public MessageEdit? Edited { get; set; }

    /// <summary>Slack's time of the answer that showed it, cut to a whole second; of messages read from history and threads only.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>The reactions present, in history and threads; they carry no times.</summary>
    public IReadOnlyList<MessageReaction> Reactions { get; set; } = [];

    /// <summary>The ids of the files it carries.</summary>
    public IReadOnlyList<string> FileIds { get; set; } = [];

    /// <summary>What an app attached when posting.</summary>
    public MessageMetadata? Metadata { get; set; }

    /// <summary>Slack shows no such message: changes, deletions, tombstones.</summary>
    public bool Hidden { get; set; }

    /// <summary>The new topic, of <c>channel_topic</c>.</summary>
    public string? Topic { get; set; }

    /// <summary>The new purpose, of <c>channel_purpose</c>.</summary>
    public string? Purpose { get; set; }

    /// <summary>The new name, of <c>channel_name</c>.</summary>
    public string? Name { get; set; }

    /// <summary>Who invited, of <c>channel_join</c>.</summary>
    public string? Inviter { get; set; }

    /// <summary>The workspace of the author.</summary>
    public string? Team { get; set; }

    /// <summary>The parent, of <c>thread_broadcast</c>.</summary>
    public SlackMessage? Root { get; set; }

    /// <summary>Whether it is a reply: its thread's parent is another message.</summary>
    [JsonIgnore]
    public bool IsReply => ThreadTs is not null && ThreadTs != Ts;

    /// <summary>Whether it stands for a deleted parent that still has replies.</summary>
    [JsonIgnore]
    public bool IsTombstone => Subtype == "tombstone";
}

/// <summary>Who last changed a message's text, and when.</summary>
public readonly record struct MessageEdit(string? User, string? Ts);

/// <summary>One emoji on a message. <paramref name="Users"/> may be shorter than <paramref name="Count"/>.</summary>
public sealed record MessageReaction(string Name, IReadOnlyList<string> Users, int Count);

/// <summary>The app that wrote a message.</summary>
public sealed record BotProfile(string? Id, string? AppId, string? Name, bool IsWorkflowBot);
