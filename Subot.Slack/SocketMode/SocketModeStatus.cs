namespace Subot.Slack;

/// <summary>Where the connection stands.</summary>
public enum SocketModeState
{
    /// <summary>Not running.</summary>
    Stopped,

    /// <summary>Opening a connection; events do not come yet.</summary>
    Connecting,

    /// <summary>Slack said hello: events come.</summary>
    Connected,

    /// <summary>Events come on the old connection while a new one is opened.</summary>
    Refreshing,

    /// <summary>Waiting after a failure.</summary>
    Waiting,

    /// <summary>Slack refuses the app-level token: an admin must act. Looked at again every few minutes.</summary>
    TokenRefused,

    /// <summary>Socket Mode is switched off for the app: an admin must act. Looked at again every few minutes.</summary>
    Disabled,

    /// <summary>The app has more connections than Slack allows.</summary>
    TooManyConnections,
}

/// <summary>Where the connection stands, since when, and why.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when.</param>
/// <param name="NumConnections">How many connections the app has by Slack's count, at the last hello; ghosts included.</param>
/// <param name="LastError">What went wrong last; kept while connected again.</param>
public sealed record SocketModeStatus(SocketModeState State, DateTimeOffset Since, int NumConnections, string? LastError)
{
    /// <summary>Whether events come.</summary>
    public bool IsLive => State is SocketModeState.Connected or SocketModeState.Refreshing;
}
