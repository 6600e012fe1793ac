using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Sending;

/// <summary>One sender per channel, since Slack limits the rate of posts per channel; and one that deletes doubles and cancels what is late.</summary>
internal sealed partial class Sender(
    WorkspaceIdentity self, IStore store, ISlackApi slack, ReplyTexts texts, SendSignal signal, BotHealth health, TimeProvider time, ILogger<Sender> log)
    : BackgroundService
{
    private static readonly TimeSpan s_tidyEvery = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        self.Channels.Select(c => Task.Run(() => new ChannelSender(c, store, slack, texts, signal, health, time, log).RunAsync(stoppingToken), stoppingToken))
            .Append(TidyAsync(stoppingToken)));

    private async Task TidyAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_tidyEvery, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await store.CancelLateActionsAsync(Ts.From(time.GetUtcNow()), ct);
                foreach (var doubled in await store.DoubledActionsAsync(ct))
                {
                    await slack.DeleteMessageAsync(doubled.Action.Thread.Channel.Value, doubled.SecondPost!.Value.ToString(), ct);
                    await store.UpdateActionAsync(doubled, doubled with { SecondPost = null }, ct);
                    Log.DoubleDeleted(log, doubled.Action.Id);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Log.TidyFailed(log, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Action} stood twice, or outside its thread: that post is deleted")]
        public static partial void DoubleDeleted(ILogger log, string action);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Doubles could not be deleted; trying again: {Reason}")]
        public static partial void TidyFailed(ILogger log, string reason);
    }
}
