namespace Subot.Slack;

/// <summary>An event, and what is needed to acknowledge it.</summary>
public sealed class EventDelivery
{
    /// <summary>This delivery's id; a redelivery may have the same or another one.</summary>
    public required string EnvelopeId { get; init; }

    /// <summary>The event's id, the same in every delivery of it. Empty for <see cref="AppRateLimited"/>.</summary>
    public string EventId { get; init; } = "";

    /// <summary>The workspace.</summary>
    public string TeamId { get; init; } = "";

    /// <summary>When Slack sent the event off, in Unix seconds.</summary>
    public long EventTime { get; init; }

    /// <summary>
    /// Slack's count of attempts, from 0. No key to anything: the same one comes twice, and a retry may be the first to arrive.
    /// </summary>
    public int RetryAttempt { get; init; }

    /// <summary>What happened.</summary>
    public required SlackEvent Event { get; init; }

    /// <summary>The socket it came on, where alone its acknowledgement counts. Null for one made by hand.</summary>
    internal SocketModeConnection? Connection { get; set; }
}
