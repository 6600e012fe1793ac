using Microsoft.Extensions.Logging;

namespace Subot.Slack;

/// <summary>Takes what the connections read to the handler. Whatever the handler does, the reader goes on.</summary>
internal sealed partial class FrameDispatcher(
    ISocketModeHandler handler,
    ISlackApi api,
    SocketModeOptions options,
    TimeProvider time,
    SideWork sideWork,
    ILogger log,
    Func<SocketModeConnection, bool> isOtherLive,
    CancellationToken stopping) : IConnectionOwner
{
    public void OnEvent(SocketModeConnection connection, EventDelivery delivery)
    {
        try
        {
            handler.OnEvent(delivery);
        }
        catch (Exception e)
        {
            Log.EventHandlerFailed(log, e, delivery.EventId);
        }
    }

    public void OnFrame(SocketModeConnection connection, Frame frame, int bytes)
    {
        switch (frame)
        {
            case HelloFrame hello:
                connection.Welcome(hello);
                break;
            case DisconnectFrame disconnect:
                connection.Leave(disconnect.Reason);
                break;
            case SlashCommandFrame { EnvelopeId: var id, Payload: var payload, AcceptsPayload: var acceptsPayload }:
                var toCommand = new Reply(connection, id, payload.ResponseUrl, acceptsPayload, api);
                Start(toCommand, () => handler.OnSlashCommandAsync(new SlashCommandDelivery(payload, toCommand), stopping));
                break;
            case InteractionFrame { EnvelopeId: var id, Payload: var payload }:
                var toInteraction = new Reply(connection, id, payload.ResponseUrl, acceptsPayload: false, api);
                Start(toInteraction, () => handler.OnInteractionAsync(new InteractionDelivery(payload, toInteraction), stopping));
                break;
            case UnknownFrame unknown:
                Log.UnknownEnvelope(log, unknown.Type);
                Start(new Reply(connection, unknown.EnvelopeId, null, acceptsPayload: false, api), () => Task.CompletedTask);
                break;
            case MalformedFrame malformed:
                Log.Malformed(log, malformed.Reason, bytes);
                Tell(() => handler.OnMalformed(new MalformedDelivery(malformed.Reason, bytes)));
                break;
        }
    }

    public void OnConnected(SocketModeConnected connection) => Tell(() => handler.OnConnected(connection));

    public void OnEnded(SocketModeConnection connection, string reason)
    {
        if (connection.WasWelcomed)
            Tell(() => handler.OnDisconnected(new SocketModeDisconnected(connection.Number, reason, isOtherLive(connection))));
    }

    private void Start(Reply reply, Func<Task> handle)
    {
        if (!sideWork.TryStart(() => HandleAsync(reply, handle)))
            Log.TooManyHandlers(log, options.MaxConcurrentHandlers);
    }

    private async Task HandleAsync(Reply reply, Func<Task> handle)
    {
        try
        {
            // A handler that blocks before its first await must not hold up the acknowledgement.
            var handling = Task.Run(handle);
            await Task.WhenAny(handling, Task.Delay(options.AcknowledgeWithin, time, stopping));
            if (!handling.IsCompleted)
                await reply.AcknowledgeAsync(CancellationToken.None);
            await handling;
            await reply.AcknowledgeAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            if (e is not OperationCanceledException)
                Log.HandlerFailed(log, e);
            await reply.ApologiseAsync(options.FailureText, CancellationToken.None);
        }
    }

    private void Tell(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception e)
        {
            Log.HandlerFailed(log, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The handler failed on event {EventId}; it was not acknowledged.")]
        public static partial void EventHandlerFailed(ILogger log, Exception e, string eventId);

        [LoggerMessage(Level = LogLevel.Error, Message = "The handler failed.")]
        public static partial void HandlerFailed(ILogger log, Exception e);

        [LoggerMessage(Level = LogLevel.Information, Message = "Slack sent an envelope of the unknown type {Type}; it is acknowledged and passed over.")]
        public static partial void UnknownEnvelope(ILogger log, string type);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Slack sent what cannot be read ({Reason}, {Bytes} bytes).")]
        public static partial void Malformed(ILogger log, string reason, int bytes);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Max} slash commands and interactions run already; one more is refused.")]
        public static partial void TooManyHandlers(ILogger log, int max);
    }
}
