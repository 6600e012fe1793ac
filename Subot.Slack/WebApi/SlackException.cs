namespace Subot.Slack;

/// <summary>A call that Slack refused, or whose answer did not come. The one exception of this library.</summary>
public sealed class SlackException(string method, string error, SlackErrorKind kind, Exception? inner = null)
    : Exception(Describe(method, error), inner)
{
    /// <summary>The Web API method, such as <c>chat.postMessage</c>.</summary>
    public string Method { get; } = method;

    /// <summary>
    /// Slack's code, such as <c>channel_not_found</c>; <c>http_503</c>, <c>network</c> or <c>timeout</c> where it gave none.
    /// </summary>
    public string Error { get; } = error;

    /// <summary>What kind of trouble it is.</summary>
    public SlackErrorKind Kind { get; } = kind;

    /// <summary>How long to wait, when rate limited.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The scope that is missing.</summary>
    public string? Needed { get; init; }

    /// <summary>The scopes that the token has.</summary>
    public string? Provided { get; init; }

    /// <summary>What is wrong with the arguments, where Slack tells.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Whether Slack may have done what was asked all the same: look before asking again.</summary>
    public bool OutcomeUnclear { get; init; }

    /// <summary>What to do about it.</summary>
    public SlackErrorAdvice Advice => Kind switch
    {
        SlackErrorKind.RateLimited or SlackErrorKind.SlackTrouble => SlackErrorAdvice.Retry,
        SlackErrorKind.Token or SlackErrorKind.Scope => SlackErrorAdvice.TellAdmin,
        _ => SlackErrorAdvice.GiveUp,
    };

    private static string Describe(string method, string error) => $"Slack: {method} failed with {error}";
}
