using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.CatchingUp;
using Subot.Bot.Interactions;
using Subot.Bot.Notices;
using Subot.Bot.Slash;
using Subot.Domain;
using Subot.Hosting;
using Subot.Slack;

namespace Subot.Bot;

/// <summary>
/// What comes from Slack's socket: events go to the queue, slash commands past it. Runs on the reader, so it never waits.
/// </summary>
internal sealed partial class SlackConnection(
    SocketModeClient client,
    Translation translation,
    WorkspaceIdentity self,
    ApplyQueue queue,
    CatchUpService catchUp,
    SlashCommands commands,
    InteractionDesk interactions,
    NoticeDesk notices,
    ClosedChannels closed,
    TimeProvider time,
    ILogger<SlackConnection> log)
    : BackgroundService, ISocketModeHandler
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(200);
    private long _malformed;
    private volatile bool _everConnected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var running = client.RunAsync(this, stop.Token);
        try
        {
            await RefuseToStartAsync(running, stoppingToken);
            await running;
        }
        finally
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Until the first hello a refused token ends the bot: it never worked. Later it may be mended while the bot runs.</summary>
    private async Task RefuseToStartAsync(Task running, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_lookEvery, time);
        while (!_everConnected && !running.IsCompleted && await timer.WaitForNextTickAsync(ct))
        {
            if (Advice(client.Status) is { } advice)
                throw new StartRefusedException(advice);
        }
    }

    private static string? Advice(SocketModeStatus status) => status.State switch
    {
        SocketModeState.TokenRefused => $"Slack refuses the app-level token ({status.LastError}). Set SLACK_APP_TOKEN to one with connections:write (xapp-...), from the app's page 'Basic Information'.",
        SocketModeState.Disabled => "Socket Mode is switched off for the app. Switch it on, on the app's page 'Socket Mode'.",
        _ => null,
    };

    /// <inheritdoc/>
    public void OnEvent(EventDelivery delivery)
    {
        var arrival = translation.Translate(delivery.Event);
        if (queue.TryAdd(new QueueItem(arrival is null ? [] : [arrival]) { Delivery = delivery }))
            NoticeOther(delivery.Event);
        else
            Log.Refused(log, delivery.EventId);
    }

    /// <inheritdoc/>
    public void OnMalformed(MalformedDelivery delivery) =>
        Log.Malformed(log, Interlocked.Increment(ref _malformed), delivery.Reason, delivery.Bytes);

    /// <inheritdoc/>
    public Task OnSlashCommandAsync(SlashCommandDelivery command, CancellationToken ct) => commands.AnswerAsync(command, ct);

    /// <inheritdoc/>
    public Task OnInteractionAsync(InteractionDelivery interaction, CancellationToken ct) => interactions.HandleAsync(interaction, ct);

    /// <inheritdoc/>
    public void OnConnected(SocketModeConnected connection)
    {
        _everConnected = true;
        if (connection.AfterGap)
            catchUp.RequestAll();
    }

    /// <inheritdoc/>
    public void OnDisconnected(SocketModeDisconnected connection)
    {
        Log.Disconnected(log, connection.Connection, connection.Reason);
        if (Advice(client.Status) is { } advice)
            Log.MustAct(log, advice);
    }

    private void NoticeOther(SlackEvent slackEvent)
    {
        notices.Take(slackEvent);
        switch (slackEvent)
        {
            case MemberJoinedChannel joined when joined.User == self.UserId && self.Watches(joined.Channel):
                catchUp.Request(new ChannelId(joined.Channel));
                break;
            case ChannelLeft left when self.Watches(left.Channel):
                catchUp.Request(new ChannelId(left.Channel));
                break;
            case ChannelArchive archived when self.Watches(archived.Channel):
                closed.Close(new ChannelId(archived.Channel), ClosedChannels.Archived);
                catchUp.Request(new ChannelId(archived.Channel));
                break;
            case ChannelUnarchive opened when self.Watches(opened.Channel):
                catchUp.Request(new ChannelId(opened.Channel));
                break;
            case TokensRevoked or AppUninstalled:
                Log.TokensRevoked(log);
                break;
            case AppRateLimited:
                Log.EventsLimited(log);
                catchUp.RequestWhileLimited();
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Connection {Number} to Slack ended: {Reason}")]
        public static partial void Disconnected(ILogger log, int number, string reason);

        [LoggerMessage(Level = LogLevel.Critical, Message = "{Advice}")]
        public static partial void MustAct(ILogger log, string advice);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The queue is full: event {EventId} stays unacknowledged")]
        public static partial void Refused(ILogger log, string eventId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Slack sent something unreadable (number {Count}): {Reason}, {Bytes} bytes")]
        public static partial void Malformed(ILogger log, long count, string reason, int bytes);

        [LoggerMessage(Level = LogLevel.Critical, Message = "The app was uninstalled or its tokens were revoked: install it again and set the new tokens")]
        public static partial void TokensRevoked(ILogger log);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Slack limits the rate of events to this app: what it leaves out is read from history")]
        public static partial void EventsLimited(ILogger log);
    }
}

/// <summary>Acknowledges on the socket.</summary>
internal sealed class SocketAcknowledger(SocketModeClient client) : IAcknowledger
{
    public ValueTask AcknowledgeAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken ct) =>
        deliveries.Count == 0 ? ValueTask.CompletedTask : client.AcknowledgeAsync(deliveries, ct);
}
