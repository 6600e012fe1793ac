using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>
/// One sender per channel, since Slack limits the rate of posts per channel; and one that deletes doubles and cancels what is late.
/// </summary>
internal sealed partial class Sender(
    WorkspaceIdentity self,
    IStore store,
    ISlackApi slack,
    Composers composers,
    SendSignal signal,
    ChannelLeases leases,
    Reentry reentry,
    ClosedChannels closed,
    ReplyPolicy policy,
    TimeProvider time,
    ILogger<Sender> log)
    : BackgroundService
{
    private static readonly TimeSpan s_tidyEvery = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        (policy.Replies ? self.Channels : []).Select(c => Task.Run(() => new ChannelSender(c, store, slack, composers, signal, leases, reentry, closed, time, log).RunAsync(stoppingToken), stoppingToken))
            .Append(TidyAsync(stoppingToken)));

    private async Task TidyAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_tidyEvery, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await store.CancelLateActionsAsync(Ts.From(time.GetUtcNow()), ct);
                foreach (var doubled in (await store.DoubledActionsAsync(ct)).Where(d => leases.Holds(d.Action.Channel)))
                    await DeleteAsync(doubled, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Log.TidyFailed(log, e.Message);
            }
        }
    }

    private async Task DeleteAsync(StoredAction doubled, CancellationToken ct)
    {
        try
        {
            await slack.DeleteMessageAsync(doubled.Place?.Channel ?? doubled.Action.Channel.Value, doubled.SecondPost!.Value.ToString(), ct);
            Log.Deleted(log, doubled.Action.Id);
        }
        catch (SlackException e) when (e.Advice != SlackErrorAdvice.Retry)
        {
            // It never will be: one that stays must not hold up the others.
            Log.Stays(log, doubled.Action.Id, e.Error);
        }

        await store.UpdateActionAsync(doubled, doubled with { SecondPost = null }, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Action} stood twice, or outside its thread: that post is deleted")]
        public static partial void Deleted(ILogger log, string action);

        [LoggerMessage(Level = LogLevel.Error, Message = "A superfluous post of {Action} cannot be deleted ({Error}); it stays")]
        public static partial void Stays(ILogger log, string action, string error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Doubles could not be deleted; trying again: {Reason}")]
        public static partial void TidyFailed(ILogger log, string reason);
    }
}
