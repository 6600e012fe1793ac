namespace Subot.Slack;

internal enum ConnectFailureKind
{
    /// <summary>It passes: try again.</summary>
    Passing,

    /// <summary>Slack refuses the token.</summary>
    Token,

    /// <summary>Socket Mode is switched off.</summary>
    Disabled,

    /// <summary>The app has too many connections.</summary>
    TooManyConnections,
}

/// <summary>Why there is no connection, or no longer.</summary>
internal sealed record ConnectFailure(ConnectFailureKind Kind, string Reason, TimeSpan? RetryAfter = null)
{
    public static ConnectFailure From(Exception e) => e switch
    {
        SlackException { Advice: SlackErrorAdvice.TellAdmin } refused => new(ConnectFailureKind.Token, refused.Error),
        SlackException { InnerException: { } inner } other => new(ConnectFailureKind.Passing, $"{other.Message} ({inner.GetBaseException().Message})"),
        SlackException other => new(ConnectFailureKind.Passing, other.Message, other.RetryAfter),
        _ => new(ConnectFailureKind.Passing, e.GetBaseException().Message),
    };

    /// <summary>By the reason of Slack's disconnect, or what ended the socket.</summary>
    public static ConnectFailure Refused(string reason) => reason switch
    {
        "too_many_websockets" => new(ConnectFailureKind.TooManyConnections, reason),
        "link_disabled" or "socket_mode_disabled" => new(ConnectFailureKind.Disabled, reason),
        _ => new(ConnectFailureKind.Passing, reason),
    };
}
