using System.Text.Json.Serialization;

namespace Subot.Slack;

// The shapes of the Web API's answers that are not of interest outside.

/// <summary>What every answer may carry beside its own fields.</summary>
internal sealed class AnswerHead
{
    public bool Ok { get; init; }
    public string? Error { get; init; }
    public string? Needed { get; init; }
    public string? Provided { get; init; }
    public string? Warning { get; init; }
    public AnswerMetadata? ResponseMetadata { get; init; }
}

internal sealed class AnswerMetadata
{
    public string? NextCursor { get; init; }
    public IReadOnlyList<string>? Messages { get; init; }
    public IReadOnlyList<string>? Warnings { get; init; }
}

internal abstract class Page<T>
{
    public AnswerMetadata? ResponseMetadata { get; init; }
    public abstract IReadOnlyList<T> GetItems();
}

internal sealed class MessagesPage : Page<SlackMessage>
{
    public IReadOnlyList<SlackMessage?>? Messages { get; init; }

    /// <summary>Slack's time of this answer, not of any later one.</summary>
    [JsonIgnore]
    public DateTimeOffset? ReadAt { get; set; }

    public override IReadOnlyList<SlackMessage> GetItems()
    {
        SlackMessage[] items = [.. (Messages ?? []).OfType<SlackMessage>()];
        foreach (var item in items)
            item.ReadAt = ReadAt;
        return items;
    }
}

internal sealed class ChannelsPage : Page<SlackChannel>
{
    public IReadOnlyList<SlackChannel>? Channels { get; init; }
    public override IReadOnlyList<SlackChannel> GetItems() => Channels ?? [];
}

internal sealed class MembersPage : Page<string>
{
    public IReadOnlyList<string>? Members { get; init; }
    public override IReadOnlyList<string> GetItems() => Members ?? [];
}

internal sealed class UsersPage : Page<SlackUser>
{
    public IReadOnlyList<SlackUser>? Members { get; init; }
    public override IReadOnlyList<SlackUser> GetItems() => Members ?? [];
}

internal sealed record EmptyAnswer;

internal sealed record ConnectionAnswer(string? Url);

internal sealed record PermalinkAnswer(string? Permalink);

internal sealed record ReactionsAnswer(SlackMessage? Message);

internal sealed record ChannelAnswer(SlackChannel? Channel);

internal sealed record UserAnswer(SlackUser? User);

internal sealed record ProfileAnswer(SlackProfile? Profile);

internal sealed record UserGroupsAnswer(IReadOnlyList<UserGroup>? Usergroups);

internal sealed record GroupUsersAnswer(IReadOnlyList<string>? Users);

internal sealed record UploadTarget(string? UploadUrl, string? FileId);

internal sealed record ViewAnswer(SlackView? View);

internal sealed record TeamAnswer(SlackTeam? Team);

internal sealed record BotAnswer(SlackBot? Bot);
