using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>A message to post (chat.postMessage).</summary>
public sealed record PostMessage
{
    /// <summary>Where: a channel, or a user for a direct message.</summary>
    public required string Channel { get; init; }

    /// <summary>The text, or with blocks the notification: give both. At most 40,000 characters, better 4,000.</summary>
    public required string Text { get; init; }

    /// <summary>At most 50.</summary>
    public IReadOnlyList<Block>? Blocks { get; init => field = Limit.Count(value, 50, "a message's blocks"); }

    /// <summary>The thread's parent, never a reply.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>Shows the reply in the channel too.</summary>
    public bool? ReplyBroadcast { get; init; }

    /// <summary>What to find the message by, later.</summary>
    public MessageMetadata? Metadata { get; init; }

    /// <summary>Previews of links; each would come back as a change of the message.</summary>
    public bool UnfurlLinks { get; init; }

    /// <summary>Previews of media.</summary>
    public bool UnfurlMedia { get; init; }
}

/// <summary>A message that one person sees until they reload (chat.postEphemeral).</summary>
public sealed record PostEphemeral
{
    /// <summary>Where.</summary>
    public required string Channel { get; init; }

    /// <summary>Who sees it; a member of the channel.</summary>
    public required string User { get; init; }

    /// <summary>The text, or with blocks the notification.</summary>
    public required string Text { get; init; }

    /// <summary>At most 50.</summary>
    public IReadOnlyList<Block>? Blocks { get; init => field = Limit.Count(value, 50, "a message's blocks"); }

    /// <summary>The thread to show it in.</summary>
    public string? ThreadTs { get; init; }
}

/// <summary>A posted message's new content (chat.update).</summary>
public sealed record UpdateMessage
{
    /// <summary>Where the message is.</summary>
    public required string Channel { get; init; }

    /// <summary>Which message.</summary>
    public required string Ts { get; init; }

    /// <summary>At most 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>At most 50.</summary>
    public IReadOnlyList<Block>? Blocks { get; init => field = Limit.Count(value, 50, "a message's blocks"); }

    /// <summary>Null keeps what the message has.</summary>
    public MessageMetadata? Metadata { get; init; }
}

/// <summary>An answer to a slash command or an interaction.</summary>
public sealed record ResponseMessage
{
    /// <summary>The text, or with blocks the notification.</summary>
    public required string Text { get; init; }

    /// <summary>At most 50.</summary>
    public IReadOnlyList<Block>? Blocks { get; init => field = Limit.Count(value, 50, "a message's blocks"); }

    /// <summary>Whether everyone in the channel sees it; else only the person who asked.</summary>
    [JsonIgnore]
    public bool InChannel { get; init; }

    /// <summary>What Slack calls <see cref="InChannel"/>.</summary>
    public string ResponseType => InChannel ? "in_channel" : "ephemeral";

    /// <summary>The thread to answer in.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>Takes the place of the message whose button was pressed.</summary>
    public bool? ReplaceOriginal { get; init; }

    /// <summary>Removes the message whose button was pressed.</summary>
    public bool? DeleteOriginal { get; init; }
}

/// <summary>What Slack made of a post.</summary>
public sealed record PostedMessage
{
    /// <summary>Where it is.</summary>
    public string Channel { get; init => field = value ?? ""; } = "";

    /// <summary>Its id there.</summary>
    public string Ts { get; init => field = value ?? ""; } = "";

    /// <summary>The message as Slack shows it.</summary>
    public SlackMessage? Message { get; init; }

    /// <summary>
    /// The thread it is in. Null after a threaded post means that the parent is gone and Slack has put the
    /// message into the channel, without an error: delete it.
    /// </summary>
    [JsonIgnore]
    public string? ThreadTs => Message?.ThreadTs;
}

/// <summary>A file to share (the external upload of files.getUploadURLExternal).</summary>
public sealed record FileUpload
{
    /// <summary>The name, with its extension.</summary>
    public required string FileName { get; init; }

    /// <summary>The bytes.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>What people see as its name.</summary>
    public string? Title { get; init; }

    /// <summary>Where to share it; null leaves it private.</summary>
    public string? Channel { get; init; }

    /// <summary>The thread to share it in.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>The message's text.</summary>
    public string? InitialComment { get; init; }
}

internal sealed record CompleteUpload(IReadOnlyList<UploadedFile> Files, string? ChannelId, string? ThreadTs, string? InitialComment);

internal sealed record UploadedFile(string Id, string? Title);
