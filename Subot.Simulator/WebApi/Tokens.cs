namespace Subot.Simulator.WebApi;

/// <summary>What a token is worth.</summary>
internal enum TokenKind
{
    None,
    Unknown,
    Bot,
    App,
}

/// <summary>The two tokens of the app and what they may do.</summary>
public sealed class Tokens(string bot, string app, IEnumerable<string> scopes)
{
    /// <summary>Every scope a method here asks for.</summary>
    public static readonly string[] AllScopes =
    [
        "app_mentions:read", "channels:history", "channels:join", "channels:read", "channels:write.topic", "chat:write",
        "chat:write.customize", "commands", "files:write", "groups:history", "groups:read", "groups:write.topic", "im:history", "im:read",
        "im:write", "metadata.message:read", "mpim:read", "reactions:read", "reactions:write", "team:read", "usergroups:read", "usergroups:write",
        "users:read", "users:read.email", "users.profile:read",
    ];

    private volatile IReadOnlyList<string> granted = [.. scopes];

    public string Bot { get; } = bot;

    public string App { get; } = app;

    /// <summary>What the bot token was granted; may change while the workspace runs.</summary>
    public IReadOnlyList<string> Scopes
    {
        get => granted;
        set => granted = value;
    }

    internal string ScopeList => string.Join(',', granted);

    internal TokenKind KindOf(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return TokenKind.None;
        if (token == Bot)
            return TokenKind.Bot;
        return token == App ? TokenKind.App : TokenKind.Unknown;
    }
}
