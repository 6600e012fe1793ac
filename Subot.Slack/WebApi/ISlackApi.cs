namespace Subot.Slack;

/// <summary>
/// Slack's Web API, the part a bot needs. Every method throws <see cref="SlackException"/> when Slack refuses or does
/// not answer; what is already as asked (a reaction that exists, a message that is gone) is success.
/// Times are Slack's <c>ts</c> texts.
/// </summary>
public interface ISlackApi
{
    /// <summary>
    /// Slack's clock at its latest answer, cut to a whole second; null before the first. Calls go on side by side: the time of one read
    /// is told by <see cref="SlackMessage.ReadAt"/>.
    /// </summary>
    DateTimeOffset? ServerTime { get; }

    /// <summary>Who the bot token belongs to (auth.test).</summary>
    Task<AuthTest> AuthTestAsync(CancellationToken ct);

    /// <summary>An address for one Socket Mode connection, to be used at once (apps.connections.open).</summary>
    Task<Uri> OpenConnectionAsync(CancellationToken ct);

    /// <summary>
    /// Posts a message, once: after a timeout, a lost connection or a failure of Slack it is not sent again but
    /// throws with <see cref="SlackException.OutcomeUnclear"/>. Nor does it wait for a rate limit, which may last for minutes:
    /// it throws with <see cref="SlackException.RetryAfter"/>, and the caller knows whether the words still make sense then.
    /// </summary>
    Task<PostedMessage> PostMessageAsync(PostMessage message, CancellationToken ct);

    /// <summary>Shows a message to one person, at most once.</summary>
    Task PostEphemeralAsync(PostEphemeral message, CancellationToken ct);

    /// <summary>Replaces a message's content.</summary>
    Task UpdateMessageAsync(UpdateMessage message, CancellationToken ct);

    /// <summary>Deletes a message; one that is gone already is success.</summary>
    Task DeleteMessageAsync(string channel, string ts, CancellationToken ct);

    /// <summary>The address of a message for people.</summary>
    Task<string> GetPermalinkAsync(string channel, string ts, CancellationToken ct);

    /// <summary>
    /// The top-level messages of a channel, broadcasts and tombstones, newest first.
    /// </summary>
    /// <param name="channel">Which channel.</param>
    /// <param name="oldest">Only later ones; null for all.</param>
    /// <param name="latest">Only earlier ones; null for all.</param>
    /// <param name="ct">Stops it.</param>
    IAsyncEnumerable<SlackMessage> HistoryAsync(string channel, string? oldest, string? latest, CancellationToken ct);

    /// <summary>A thread: its parent, once, and its replies, oldest first.</summary>
    /// <param name="channel">Which channel.</param>
    /// <param name="threadTs">The parent.</param>
    /// <param name="oldest">Only later replies (the parent comes all the same); null for all.</param>
    /// <param name="ct">Stops it.</param>
    IAsyncEnumerable<SlackMessage> RepliesAsync(string channel, string threadTs, string? oldest, CancellationToken ct);

    /// <summary>One message, top-level or reply; null when there is none.</summary>
    Task<SlackMessage?> FindMessageAsync(string channel, string ts, CancellationToken ct);

    /// <summary>Puts an emoji (name without colons) on a message.</summary>
    Task AddReactionAsync(string channel, string ts, string name, CancellationToken ct);

    /// <summary>Takes an emoji off a message.</summary>
    Task RemoveReactionAsync(string channel, string ts, string name, CancellationToken ct);

    /// <summary>The reactions present on a message, with all their users.</summary>
    Task<IReadOnlyList<MessageReaction>> GetReactionsAsync(string channel, string ts, CancellationToken ct);

    /// <summary>Channels that the bot can see, also those it is not in.</summary>
    /// <param name="types">Comma-separated: <c>public_channel,private_channel,mpim,im</c>.</param>
    /// <param name="excludeArchived">Leaves archived ones out.</param>
    /// <param name="ct">Stops it.</param>
    IAsyncEnumerable<SlackChannel> ListChannelsAsync(string types, bool excludeArchived, CancellationToken ct);

    /// <summary>One channel.</summary>
    Task<SlackChannel> GetChannelAsync(string channel, CancellationToken ct);

    /// <summary>Enters a public channel.</summary>
    Task<SlackChannel> JoinChannelAsync(string channel, CancellationToken ct);

    /// <summary>The ids of a channel's members.</summary>
    IAsyncEnumerable<string> ListMembersAsync(string channel, CancellationToken ct);

    /// <summary>Sets a channel's topic, at most 250 characters.</summary>
    Task SetTopicAsync(string channel, string topic, CancellationToken ct);

    /// <summary>The direct conversation with a person, opened if need be.</summary>
    Task<string> OpenDirectMessageAsync(string user, CancellationToken ct);

    /// <summary>One account.</summary>
    Task<SlackUser> GetUserAsync(string user, CancellationToken ct);

    /// <summary>All accounts, deactivated ones too.</summary>
    IAsyncEnumerable<SlackUser> ListUsersAsync(CancellationToken ct);

    /// <summary>The account of an e-mail address; null when there is none.</summary>
    Task<SlackUser?> FindUserByEmailAsync(string email, CancellationToken ct);

    /// <summary>A person's profile.</summary>
    Task<SlackProfile> GetProfileAsync(string user, CancellationToken ct);

    /// <summary>The user groups in use, with their members.</summary>
    Task<IReadOnlyList<UserGroup>> ListUserGroupsAsync(CancellationToken ct);

    /// <summary>The members of a user group.</summary>
    Task<IReadOnlyList<string>> ListUserGroupUsersAsync(string userGroup, CancellationToken ct);

    /// <summary>Replaces the members of a user group. Many workspaces let only admins do it (<c>permission_denied</c>).</summary>
    Task UpdateUserGroupUsersAsync(string userGroup, IReadOnlyCollection<string> users, CancellationToken ct);

    /// <summary>Uploads a file and shares it. Its message comes as an event; its id is the answer.</summary>
    Task<string> UploadFileAsync(FileUpload file, CancellationToken ct);

    /// <summary>Opens a modal, within 3 s of the interaction whose trigger it takes.</summary>
    Task<SlackView> OpenViewAsync(string triggerId, View view, CancellationToken ct);

    /// <summary>Shows a person's home tab.</summary>
    Task<SlackView> PublishViewAsync(string user, View view, string? hash, CancellationToken ct);

    /// <summary>Replaces an open modal's content.</summary>
    Task<SlackView> UpdateViewAsync(string viewId, View view, string? hash, CancellationToken ct);

    /// <summary>The workspace.</summary>
    Task<SlackTeam> GetTeamAsync(CancellationToken ct);

    /// <summary>One app's bot.</summary>
    Task<SlackBot> GetBotAsync(string bot, CancellationToken ct);

    /// <summary>Answers a slash command or an interaction: up to five times within 30 minutes, each sent once.</summary>
    Task RespondAsync(Uri responseUrl, ResponseMessage message, CancellationToken ct);
}
