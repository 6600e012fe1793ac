using System.Text.Json.Serialization;

namespace Subot.Api.Compatible;

/// <summary>A tool or a label.</summary>
internal sealed record TagShape(string Id, string Name, QueryShape Query);

/// <summary>How a tool or a label is found.</summary>
internal sealed record QueryShape(RegexpShape Regexp);

/// <summary>An expression of Lucene's.</summary>
internal sealed record RegexpShape(string Input);

/// <summary>An automatic answer; tool and label by name.</summary>
internal sealed record AnswerShape(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tool,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label,
    string Answer,
    bool Feedback);

/// <summary>A member of the team.</summary>
internal sealed record MemberShape(string Id, string SlackId, string Name);

/// <summary>A request with its thread.</summary>
internal sealed record MessageShape
{
    public required string Id { get; init; }

    /// <summary>Only requests are told, so it is always user.</summary>
    public string Type { get; init; } = "user";

    /// <summary>unresponded, responded or fixed.</summary>
    public required string Status { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>What a classifier finds; there is none yet.</summary>
    public IReadOnlyList<string> AiLabels { get; init; } = [];

    /// <inheritdoc cref="AiLabels"/>
    public IReadOnlyList<string> AiTools { get; init; } = [];

    public required string Text { get; init; }

    public required string User { get; init; }

    public required string UserName { get; init; }

    public required UserShape UserInfo { get; init; }

    public required string Ts { get; init; }

    public required IReadOnlyList<ReactionShape> Reactions { get; init; }

    public IReadOnlyList<ReplyShape>? Replies { get; init; }

    public string EditedTs { get; init; } = "";

    /// <summary>What is deleted is not told.</summary>
    public string DeletedTs { get; init; } = "";

    /// <summary>When the fireman is first reminded of the present silence; empty while it is not the team's turn.</summary>
    public string RemindAt { get; init; } = "";

    /// <summary>Whole minutes, cut.</summary>
    public long ResponseTime { get; init; }

    /// <inheritdoc cref="ResponseTime"/>
    public long ResolutionTime { get; init; }

    public required string FeedbackStatus { get; init; }

    public string FeedbackTs { get; init; } = "";
}

/// <summary>An emoji that stands on a message.</summary>
/// <param name="MessageTs">Null if a read of the history showed it, like <paramref name="Ts"/>.</param>
/// <param name="Ts">When it was put there, in whole seconds.</param>
/// <param name="Count">How many people, if a read of the history showed it; else 0.</param>
internal sealed record ReactionShape(
    string Name,
    IReadOnlyList<string> Users,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MessageTs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ts,
    int Count);

/// <summary>A reply.</summary>
internal sealed record ReplyShape(string User, string UserName, UserShape UserInfo, string Ts, string ThreadTs, string Text, bool FromBot);

/// <summary>Who somebody is; every text is empty if that is not known.</summary>
internal sealed record UserShape(string Id, string Name, ProfileShape Profile)
{
    /// <summary>Always so: nothing reads it.</summary>
    public int SlackId { get; init; }

    /// <inheritdoc cref="SlackId"/>
    public string Avatar { get; init; } = "";

    /// <inheritdoc cref="SlackId"/>
    public bool TeamMember { get; init; }
}

/// <summary>A person's profile.</summary>
internal sealed record ProfileShape
{
    public string Email { get; init; } = "";

    [JsonPropertyName("image_32")]
    public string Image32 { get; init; } = "";

    [JsonPropertyName("image_512")]
    public string Image512 { get; init; } = "";

    public string RealName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string FirstName { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string RealNameNormalized { get; init; } = "";

    public string DisplayNameNormalized { get; init; } = "";
}
