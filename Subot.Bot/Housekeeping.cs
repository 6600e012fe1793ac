using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Apply;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Bot;

/// <summary>What time alone brings: silences that reached the expiry, facts in the inbox, contributions to pack.</summary>
internal sealed partial class Housekeeping(
    WorkspaceIdentity self,
    IStore store,
    ApplyQueue queue,
    CurrentSettings settings,
    TimeProvider time,
    ILogger<Housekeeping> log) : BackgroundService
{
    private const int PerRound = 500;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_packAtLeast = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_expireEvery = TimeSpan.FromMinutes(1);

    // Entries of the inbox that cannot be applied. They stay in it: a later version of the program, after its start, may know better.
    private readonly HashSet<long> _refused = [];
    private long _packed = time.GetTimestamp();

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
        // While events wait, packing can wait too, but not for ever.
        if (queue.Length > 0 && time.GetElapsedTime(_packed) < s_packAtLeast)
            return;
        _packed = time.GetTimestamp();
        while (await store.PackAsync(ct) && queue.Length == 0)
        {
        }
    }

    private async Task EmptyInboxAsync(CancellationToken ct)
    {
        while (await WaitingAsync(ct) is { Count: > 0 } entries)
        {
            try
            {
                await queue.AddAndWaitAsync([.. entries.Select(e => new Arrival(e.Item.Thread, e.Item.About, e.Item.Fact) { Text = e.Item.Text, InboxId = e.Id })], ct);
            }
            catch (Exception e) when (e is not (StoreException or OperationCanceledException))
            {
                // The loop has told why.
            }

            // The store works, and the commit took out what could be applied.
            var tried = entries.Select(e => e.Id).ToHashSet();
            foreach (var (id, item) in (await WaitingAsync(ct)).Where(e => tried.Contains(e.Id)))
            {
                _refused.Add(id);
                Log.SetAside(log, id, item.About.Channel, item.About.Ts);
            }
        }
    }

    private async Task<List<(long Id, InboxItem Item)>> WaitingAsync(CancellationToken ct) =>
        [.. (await store.PeekAsync(PerRound + _refused.Count, ct)).Where(e => !_refused.Contains(e.Id))];

    private async Task ExpireAsync(CancellationToken ct)
    {
        foreach (var channel in self.Channels)
        {
            // Fewer than a round are the last, also if one of them cannot be applied and stays due.
            IReadOnlyList<Arrival> due;
            do
            {
                due = await Expiry.DueAsync(store, channel, settings.History, Ts.From(time.GetUtcNow()), PerRound, ct);
                if (due.Count > 0)
                    await queue.AddAndWaitAsync(due, ct);
            }
            while (due.Count == PerRound);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping did not finish; it goes on in a second: {Reason}")]
        public static partial void Failed(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Entry {Id} of the inbox, about {Channel}:{Message}, cannot be applied and is set aside until the next start")]
        public static partial void SetAside(ILogger log, long id, ChannelId channel, Ts message);
    }
}
