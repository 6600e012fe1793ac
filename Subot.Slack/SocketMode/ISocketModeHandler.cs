namespace Subot.Slack;

/// <summary>What happens on the socket.</summary>
public interface ISocketModeHandler
{
    /// <summary>
    /// An event came. Called on the reader, so it must not block: hand it on, and acknowledge it when it is safe
    /// (<see cref="SocketModeClient.AcknowledgeAsync"/>). An event may come several times: <see cref="EventDelivery.EventId"/> tells.
    /// </summary>
    void OnEvent(EventDelivery delivery);

    /// <summary>Something came that is not what Slack sends. It was not acknowledged. Called on the reader.</summary>
    void OnMalformed(MalformedDelivery delivery);

    /// <summary>A slash command. Runs beside the reader. Slack does not send it again.</summary>
    Task OnSlashCommandAsync(SlashCommandDelivery command, CancellationToken ct);

    /// <summary>Someone pressed a button, sent a modal, used a shortcut. Runs beside the reader. Slack does not send it again.</summary>
    Task OnInteractionAsync(InteractionDelivery interaction, CancellationToken ct);

    /// <summary>Slack said hello on a new connection.</summary>
    void OnConnected(SocketModeConnected connection);

    /// <summary>A connection ended.</summary>
    void OnDisconnected(SocketModeDisconnected connection);
}

/// <summary>A connection on which Slack said hello.</summary>
/// <param name="Connection">Its number, counting from 1.</param>
/// <param name="AfterGap">Whether no connection was live just before: events may be missing, the history has them.</param>
/// <param name="NumConnections">The app's connections by Slack's count.</param>
public sealed record SocketModeConnected(int Connection, bool AfterGap, int NumConnections);

/// <summary>A connection that ended.</summary>
/// <param name="Connection">Its number.</param>
/// <param name="Reason">Slack's reason, or what went wrong.</param>
/// <param name="OthersLive">Whether another one goes on.</param>
public sealed record SocketModeDisconnected(int Connection, string Reason, bool OthersLive);

/// <summary>A frame that could not be read. Its text is not kept.</summary>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Bytes">How long it was.</param>
public sealed record MalformedDelivery(string Reason, int Bytes);
