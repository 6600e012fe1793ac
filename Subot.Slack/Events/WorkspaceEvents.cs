namespace Subot.Slack;

/// <summary>Someone, perhaps the bot itself, joined a channel that the bot is in.</summary>
public sealed record MemberJoinedChannel(string User, string Channel, string? Inviter, string? EventTs)
    : SlackEvent("member_joined_channel", EventTs);

/// <summary>Someone left a channel.</summary>
public sealed record MemberLeftChannel(string User, string Channel, string? EventTs)
    : SlackEvent("member_left_channel", EventTs);

/// <summary>A channel, public or private, has a new name.</summary>
public sealed record ChannelRename(string Type, string Channel, string Name, string? EventTs) : SlackEvent(Type, EventTs);

/// <summary>A channel, public or private, was archived.</summary>
public sealed record ChannelArchive(string Type, string Channel, string? User, string? EventTs) : SlackEvent(Type, EventTs);

/// <summary>A channel, public or private, was taken out of the archive.</summary>
public sealed record ChannelUnarchive(string Type, string Channel, string? User, string? EventTs) : SlackEvent(Type, EventTs);

/// <summary>This app was taken out of a channel (<c>channel_left</c>, <c>group_left</c>).</summary>
public sealed record ChannelLeft(string Type, string Channel, string? ActorId, string? EventTs) : SlackEvent(Type, EventTs);

/// <summary>Someone joined the workspace.</summary>
public sealed record TeamJoin(SlackUser User, string? EventTs) : SlackEvent("team_join", EventTs);

/// <summary>Someone's account or profile changed.</summary>
public sealed record UserChange(SlackUser User, string? EventTs) : SlackEvent("user_change", EventTs);

/// <summary>A user group changed: its name, members or state.</summary>
public sealed record SubteamUpdated(UserGroup Subteam, string? EventTs) : SlackEvent("subteam_updated", EventTs);

/// <summary>People entered or left a user group.</summary>
public sealed record SubteamMembersChanged(
    string SubteamId, IReadOnlyList<string> AddedUsers, IReadOnlyList<string> RemovedUsers, string? EventTs)
    : SlackEvent("subteam_members_changed", EventTs);
