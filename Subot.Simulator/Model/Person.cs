using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

/// <summary>A member of the workspace: a person or a bot user.</summary>
public sealed class Person
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public string RealName { get; set; } = "";
    public string? Email { get; set; }

    /// <summary>The address Slack knows; made up when none is given.</summary>
    public string EmailAddress => Email ?? $"{Name}@example.test";

    public string Title { get; set; } = "";
    public string TimeZone { get; set; } = "Europe/Paris";

    /// <summary>True for owners too.</summary>
    public bool IsAdmin { get => field || IsOwner; set; }

    public bool IsOwner { get; set; }

    public bool IsBot { get; set; }
    public bool IsDeleted { get; set; }

    /// <summary>The id Slack gives an app beside its user id (B...), for bots only.</summary>
    public string? BotId { get; init; }

    /// <summary>The user object of users.info, users.list and team_join.</summary>
    public JsonObject Show(string teamId, bool withEmail, DateTimeOffset now)
    {
        var json = new JsonObject
        {
            ["id"] = Id,
            ["team_id"] = teamId,
            ["name"] = Name,
            ["real_name"] = RealName,
            ["deleted"] = IsDeleted,
            ["is_bot"] = IsBot,
            ["is_app_user"] = false,
            ["updated"] = 1763880000,
            ["profile"] = ShowProfile(teamId, withEmail),
        };
        if (IsDeleted)
            return json;
        json["is_admin"] = IsAdmin;
        json["is_owner"] = IsOwner;
        json["is_restricted"] = false;
        json["is_ultra_restricted"] = false;
        json["tz"] = TimeZone;
        json["tz_offset"] = OffsetSeconds(now);
        return json;
    }

    private int OffsetSeconds(DateTimeOffset now) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? (int)zone.GetUtcOffset(now).TotalSeconds : 0;

    /// <summary>The profile object of users.profile.get.</summary>
    public JsonObject ShowProfile(string teamId, bool withEmail)
    {
        var space = RealName.IndexOf(' ');
        var profile = new JsonObject
        {
            ["real_name"] = RealName,
            ["real_name_normalized"] = RealName,
            ["display_name"] = Name,
            ["display_name_normalized"] = Name,
            ["first_name"] = space < 0 ? RealName : RealName[..space],
            ["last_name"] = space < 0 ? "" : RealName[(space + 1)..],
            ["title"] = Title,
            ["status_text"] = "",
            ["status_emoji"] = "",
            ["avatar_hash"] = "g" + Id.ToLowerInvariant(),
            ["team"] = teamId,
        };
        if (withEmail && !IsBot)
            profile["email"] = EmailAddress;
        if (BotId is not null)
            profile["bot_id"] = BotId;
        return profile;
    }
}
