using System.Text.Json;
using System.Text.Json.Serialization;

namespace Subot.Slack;

/// <summary>An account of a workspace: a person or an app's bot user.</summary>
public sealed class SlackUser
{
    /// <summary><c>U…</c> or <c>W…</c>.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The workspace.</summary>
    public string? TeamId { get; init; }

    /// <summary>The old account name; people see <see cref="DisplayName"/>.</summary>
    public string? Name { get; init; }

    /// <summary>The full name.</summary>
    public string? RealName { get; init; }

    /// <summary>Deactivated.</summary>
    public bool Deleted { get; init; }

    /// <summary>The user of an app.</summary>
    public bool IsBot { get; init; }

    /// <summary>Of another company, in a shared channel.</summary>
    public bool IsStranger { get; init; }

    /// <summary>Administers the workspace.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>The IANA time zone; absent for deleted accounts.</summary>
    public string? Tz { get; init; }

    /// <summary>When the account last changed, in Unix seconds.</summary>
    public long Updated { get; init; }

    /// <summary>What the person tells about themselves.</summary>
    public SlackProfile Profile { get; init => field = value ?? new(); } = new();

    /// <summary>The name that people see.</summary>
    public string DisplayName => FirstFilled(Profile.DisplayName, Profile.RealName, RealName, Name, Id);

    /// <summary>Reads a list of accounts, such as users.json of an export.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyList<SlackUser> ReadList(Stream json) =>
        [.. (JsonSerializer.Deserialize(json, SlackJson.Default.IReadOnlyListSlackUser) ?? []).Where(u => u is { Id.Length: > 0 })];

    private static string FirstFilled(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrWhiteSpace(name))
                return name;
        }
        return "";
    }
}

/// <summary>A person's profile.</summary>
public sealed class SlackProfile
{
    /// <summary>The chosen name; may be empty.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The full name.</summary>
    public string? RealName { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; init; }

    /// <summary>Only with the scope users:read.email.</summary>
    public string? Email { get; init; }

    /// <summary>The job title.</summary>
    public string? Title { get; init; }

    /// <summary>The smallest picture but one.</summary>
    [JsonPropertyName("image_32")]
    public string? Image32 { get; init; }

    /// <summary>A small picture.</summary>
    [JsonPropertyName("image_48")]
    public string? Image48 { get; init; }

    /// <summary>A picture.</summary>
    [JsonPropertyName("image_192")]
    public string? Image192 { get; init; }

    /// <summary>A large picture.</summary>
    [JsonPropertyName("image_512")]
    public string? Image512 { get; init; }
}

/// <summary>A user group, in events called subteam.</summary>
public sealed class UserGroup
{
    /// <summary><c>S…</c>.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The full name.</summary>
    public string? Name { get; init; }

    /// <summary>What people type after the @.</summary>
    public string? Handle { get; init; }

    /// <summary>The members, where the method or event gives them.</summary>
    public IReadOnlyList<string> Users { get; init => field = value ?? []; } = [];

    /// <summary>When it was disabled, in Unix seconds; 0 while it is in use.</summary>
    public long DateDelete { get; init; }
}

/// <summary>An app's bot.</summary>
public sealed class SlackBot
{
    /// <summary><c>B…</c>.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The app.</summary>
    public string? AppId { get; init; }

    /// <summary>Its user, if it has one.</summary>
    public string? UserId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>Removed.</summary>
    public bool Deleted { get; init; }
}
