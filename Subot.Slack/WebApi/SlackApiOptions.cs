namespace Subot.Slack;

/// <summary>How to call the Web API.</summary>
public sealed class SlackApiOptions
{
    /// <summary>The bot token, <c>xoxb-…</c>.</summary>
    public required string BotToken { get; init; }

    /// <summary>The app-level token, <c>xapp-…</c>: for Socket Mode only.</summary>
    public string? AppToken { get; init; }

    /// <summary>Where the methods are; another one for tests and local workspaces.</summary>
    public Uri BaseAddress { get; init; } = new("https://slack.com/api/");

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a repeatable call is tried again after trouble of Slack or the network, 1 s, 2 s, 4 s … apart.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>
    /// Whether a call that Slack answers with 429 waits as long as told and tries again (up to <see cref="RateLimitRetries"/>
    /// times); else it fails with <see cref="SlackErrorKind.RateLimited"/>, as posts always do. Other methods go on either way.
    /// </summary>
    public bool WaitForRateLimit { get; init; } = true;

    /// <summary>How often one call waits for a rate limit.</summary>
    public int RateLimitRetries { get; init; } = 10;

    /// <summary>Posts per second into one channel; Slack allows about one. Null for no limit.</summary>
    public double? PostsPerSecondAndChannel { get; init; } = 1;

    /// <summary>How many items to ask for at a time; Slack may give fewer.</summary>
    public int PageSize { get; init; } = 200;
}
