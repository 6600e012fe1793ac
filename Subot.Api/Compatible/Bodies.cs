namespace Subot.Api.Compatible;

/// <summary>A tool or a label, as it is sent. What is missing or null is empty; other keys are ignored.</summary>
internal sealed record TagBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public QueryBody? Query { get; init; }

    /// <summary>The expression.</summary>
    public string Input => Query?.Regexp?.Input ?? "";

    internal sealed record QueryBody
    {
        public RegexpBody? Regexp { get; init; }
    }

    internal sealed record RegexpBody
    {
        public string? Input { get; init; }
    }
}

/// <summary>An automatic answer, as it is sent.</summary>
internal sealed record AnswerBody
{
    public string? Tool { get; init; }

    public string? Label { get; init; }

    public string? Answer { get; init; }

    public bool? Feedback { get; init; }
}

/// <summary>A member of the team, as it is sent.</summary>
internal sealed record MemberBody
{
    public string? SlackId { get; init; }

    public string? Name { get; init; }
}

/// <summary>What an admin may say of a message. The rest of it is Slack's: it is ignored.</summary>
internal sealed record MessageBody
{
    /// <summary>user, team or deleted.</summary>
    public string? Type { get; init; }

    /// <summary>unresponded, responded, fixed or deleted.</summary>
    public string? Status { get; init; }

    /// <summary>By name; null: as they are.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <inheritdoc cref="Labels"/>
    public IReadOnlyList<string>? Tools { get; init; }
}
