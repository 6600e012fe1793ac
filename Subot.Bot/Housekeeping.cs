using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Bot;

/// <summary>What time alone brings: silences that reached the expiry, facts in the inbox, changed days to pack.</summary>
internal sealed partial class Housekeeping(
    WorkspaceIdentity self, IStore store, ApplyQueue queue, CurrentSettings settings, TimeProvider time, ILogger<Housekeeping> log) : BackgroundService
{
    private const int PerRound = 500;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_expireEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var expired = time.GetTimestamp();
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(EmptyInboxAsync, stoppingToken);
            await TryAsync(PackAsync, stoppingToken);
            if (time.GetElapsedTime(expired) < s_expireEvery)
                continue;
            expired = time.GetTimestamp();
            await TryAsync(ExpireAsync, stoppingToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.Failed(log, e.Message);
        }
    }

    private async Task PackAsync(CancellationToken ct)
    {
        // While events wait, packing can wait too.
        while (await store.PackAsync(ct) && queue.Length == 0)
        {
        }
    }

    private async Task EmptyInboxAsync(CancellationToken ct)
    {
        while (await store.PeekAsync(PerRound, ct) is { Count: > 0 } entries)
        {
            await queue.AddAndWaitAsync([.. entries.Select(e => new Arrival(e.Item.Thread, e.Item.About, e.Item.Fact) { Text = e.Item.Text, InboxId = e.Id })], ct);
        }
    }

    private async Task ExpireAsync(CancellationToken ct)
    {
        foreach (var channel in self.Channels)
        {
            while (await Expiry.DueAsync(store, channel, settings.History, Ts.From(time.GetUtcNow()), PerRound, ct) is { Count: > 0 } due)
                await queue.AddAndWaitAsync(due, ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping did not finish; it goes on in a second: {Reason}")]
        public static partial void Failed(ILogger log, string reason);
    }
}
