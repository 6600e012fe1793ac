using System.Text.Json;

namespace Subot.Slack;

/// <summary>The fields of the rarer events, together. <c>channel</c> and <c>user</c> are an id in some, an object in others.</summary>
internal sealed class EventBody
{
    public string? EventTs { get; init; }
    public JsonElement Channel { get; init; }
    public JsonElement User { get; init; }
    public string? Inviter { get; init; }
    public string? ActorId { get; init; }
    public string? Tab { get; init; }
    public UserGroup? Subteam { get; init; }
    public string? SubteamId { get; init; }
    public IReadOnlyList<string>? AddedUsers { get; init; }
    public IReadOnlyList<string>? RemovedUsers { get; init; }
    public RevokedTokens? Tokens { get; init; }
    public long MinuteRateLimited { get; init; }

    public sealed class RevokedTokens
    {
        public IReadOnlyList<string>? Oauth { get; init; }
        public IReadOnlyList<string>? Bot { get; init; }
    }

    public SlackEvent ToEvent(string type) => type switch
    {
        "member_joined_channel" when Id(User) is { } user && Id(Channel) is { } channel =>
            new MemberJoinedChannel(user, channel, Inviter, EventTs),
        "member_left_channel" when Id(User) is { } user && Id(Channel) is { } channel => new MemberLeftChannel(user, channel, EventTs),
        "channel_rename" or "group_rename" when Id(Channel) is { } channel && Name(Channel) is { } name =>
            new ChannelRename(type, channel, name, EventTs),
        "channel_archive" or "group_archive" when Id(Channel) is { } channel => new ChannelArchive(type, channel, Id(User), EventTs),
        "channel_unarchive" or "group_unarchive" when Id(Channel) is { } channel => new ChannelUnarchive(type, channel, Id(User), EventTs),
        "channel_left" or "group_left" when Id(Channel) is { } channel => new ChannelLeft(type, channel, ActorId, EventTs),
        "team_join" when Account() is { } user => new TeamJoin(user, EventTs),
        "user_change" when Account() is { } user => new UserChange(user, EventTs),
        "subteam_updated" when Subteam is { } subteam => new SubteamUpdated(subteam, EventTs),
        "subteam_members_changed" when SubteamId is { } id => new SubteamMembersChanged(id, AddedUsers ?? [], RemovedUsers ?? [], EventTs),
        "app_home_opened" when Id(User) is { } user => new AppHomeOpened(user, Id(Channel), Tab, EventTs),
        "tokens_revoked" => new TokensRevoked(Tokens?.Oauth ?? [], Tokens?.Bot ?? [], EventTs),
        "app_uninstalled" => new AppUninstalled(EventTs),
        "app_rate_limited" => new AppRateLimited(MinuteRateLimited),
        _ => new UnknownEvent(type, EventTs),
    };

    private static string? Id(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object => Field(value, "id"),
        _ => null,
    };

    private static string? Name(JsonElement value) => value.ValueKind == JsonValueKind.Object ? Field(value, "name") : null;

    private static string? Field(JsonElement value, string name) =>
        value.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;

    private SlackUser? Account() => User.ValueKind == JsonValueKind.Object ? User.Deserialize(SlackJson.Default.SlackUser) : null;
}
