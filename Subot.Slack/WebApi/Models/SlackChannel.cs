using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>A public or private channel, or a direct conversation.</summary>
public sealed class SlackChannel
{
    /// <summary><c>C…</c>, <c>G…</c> (old private ones) or <c>D…</c>.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Without the #; absent for direct conversations.</summary>
    public string? Name { get; init; }

    /// <summary>Only members see it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>A direct conversation of two.</summary>
    public bool IsIm { get; init; }

    /// <summary>A direct conversation of several.</summary>
    public bool IsMpim { get; init; }

    /// <summary>Nobody can write there.</summary>
    public bool IsArchived { get; init; }

    /// <summary>The caller is in it.</summary>
    public bool IsMember { get; init; }

    /// <summary>When it was made, in Unix seconds.</summary>
    public long Created { get; init; }

    /// <summary>How many are in it, where asked for.</summary>
    public long NumMembers { get; init; }

    /// <summary>The topic.</summary>
    public ChannelText Topic { get; init => field = value ?? new(); } = new();

    /// <summary>The purpose.</summary>
    public ChannelText Purpose { get; init => field = value ?? new(); } = new();
}

/// <summary>A channel's topic or purpose.</summary>
public sealed class ChannelText
{
    /// <summary>The text; empty when none was set.</summary>
    public string Value { get; init => field = value ?? ""; } = "";

    /// <summary>Who set it.</summary>
    public string? Creator { get; init; }

    /// <summary>When, in Unix seconds; 0 for never.</summary>
    public long LastSet { get; init; }
}

/// <summary>A workspace.</summary>
public sealed class SlackTeam
{
    /// <summary><c>T…</c>.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The part before <c>.slack.com</c>.</summary>
    public string? Domain { get; init; }
}

/// <summary>Who a token belongs to.</summary>
public sealed class AuthTest
{
    /// <summary>The workspace's address.</summary>
    public string? Url { get; init; }

    /// <summary>The workspace's name.</summary>
    public string? Team { get; init; }

    /// <summary>The workspace.</summary>
    public string TeamId { get; init => field = value ?? ""; } = "";

    /// <summary>The account name.</summary>
    public string? User { get; init; }

    /// <summary>The account.</summary>
    public string UserId { get; init => field = value ?? ""; } = "";

    /// <summary>The bot, for a bot's token.</summary>
    public string? BotId { get; init; }

    /// <summary>What the token may do; null where the answer does not tell.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? Scopes { get; set; }
}
