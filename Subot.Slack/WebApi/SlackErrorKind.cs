namespace Subot.Slack;

/// <summary>What kind of trouble a call met.</summary>
public enum SlackErrorKind
{
    /// <summary>Too many calls of this method; <see cref="SlackException.RetryAfter"/> tells how long to wait.</summary>
    RateLimited,

    /// <summary>Slack or the network has trouble: it passes.</summary>
    SlackTrouble,

    /// <summary>The token is wrong, revoked or expired: nothing works until an admin acts.</summary>
    Token,

    /// <summary>The app lacks a scope or a policy forbids the call.</summary>
    Scope,

    /// <summary>The channel, thread or person cannot be reached.</summary>
    Place,

    /// <summary>The thing to act on is gone, or can no longer be changed.</summary>
    Gone,

    /// <summary>The call itself is wrong: it never works.</summary>
    OurBug,

    /// <summary>A code that this library does not know.</summary>
    Unknown,
}

/// <summary>What to do about an error.</summary>
public enum SlackErrorAdvice
{
    /// <summary>Try again later.</summary>
    Retry,

    /// <summary>Give this one call up.</summary>
    GiveUp,

    /// <summary>Tell whoever runs the app: without them it does not get better.</summary>
    TellAdmin,
}
