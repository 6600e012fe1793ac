namespace Subot.Slack;

/// <summary>How to keep the connection. The defaults suit Slack.</summary>
public sealed class SocketModeOptions
{
    /// <summary>How often a ping is sent.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a ping may stay unanswered before the connection counts as dead. Silence otherwise is no sign.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long opening a socket may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long Slack may take for its hello.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a batch of acknowledgements may take to be written.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait after a failure; it doubles, with jitter, until Slack says hello.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait after a failure.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first wait when the app has too many connections; it doubles.</summary>
    public TimeSpan TooManyConnectionsBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection that Slack ends sooner is followed by a wait, so as not to go round and round.</summary>
    public TimeSpan ShortestLife { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often to look again when only an admin can help: a bad token, Socket Mode switched off.</summary>
    public TimeSpan SlowRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a replaced connection goes on taking events and acknowledgements, if Slack lets it.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for the other side when closing.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A jump of the clock beyond this means that the machine slept: the connection is opened anew.</summary>
    public TimeSpan SleepThreshold { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a slash command or interaction may stay without acknowledgement; then the client sends an empty one,
    /// and the response goes to the response_url. Slack's limit is 3 s.
    /// </summary>
    public TimeSpan AcknowledgeWithin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many slash commands and interactions are handled at a time. More go unanswered, and Slack tells the person.</summary>
    public int MaxConcurrentHandlers { get; init; } = 16;

    /// <summary>What a person reads whose slash command made the handler fail.</summary>
    public string FailureText { get; init; } = "Sorry, that did not work just now. Please try again.";

    /// <summary>Changes how sockets are opened: a proxy, a certificate authority of one's own.</summary>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; init; }

    /// <summary>The largest envelope taken, in bytes; a larger one ends the connection.</summary>
    public int MaxEnvelopeBytes { get; init; } = 8 * 1024 * 1024;
}
