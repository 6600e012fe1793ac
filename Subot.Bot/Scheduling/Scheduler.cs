using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.CatchingUp;
using Subot.Bot.Sending;
using Subot.Bot.Settings;
using Subot.Domain;

namespace Subot.Bot.Scheduling;

/// <summary>
/// Looks every few seconds at what became due. Not while the bot may have missed something: who answered in the meantime must not be
/// reminded.
/// </summary>
internal sealed partial class Scheduler(
    IEnumerable<ISchedule> schedules,
    WorkspaceIdentity self,
    ChannelLeases leases,
    CatchUpService catchUp,
    CurrentSettings settings,
    ReplyPolicy policy,
    SendSignal signal,
    TimeProvider time,
    ILogger<Scheduler> log)
    : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (policy.Replies && await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var channel in self.Channels.Where(c => leases.Holds(c) && !catchUp.IsBehindOn(c)))
                await LookAsync(channel, stoppingToken);
            signal.Wake();
        }
    }

    /// <summary>Creates what is due in a channel. While there is no team nobody is to be bothered.</summary>
    public async Task LookAsync(ChannelId channel, CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        foreach (var schedule in settings.At(now).Everyone.Count == 0 ? [] : schedules)
            await TryAsync(schedule, channel, now, ct);
    }

    private async Task TryAsync(ISchedule schedule, ChannelId channel, Ts now, CancellationToken ct)
    {
        try
        {
            await schedule.RunAsync(channel, now, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.Failed(log, schedule.GetType().Name, channel, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Schedule} of {Channel} could not be looked at; trying again in a few seconds: {Reason}")]
        public static partial void Failed(ILogger log, string schedule, ChannelId channel, string reason);
    }
}
