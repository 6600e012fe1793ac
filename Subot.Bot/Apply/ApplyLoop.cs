using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.People;
using Subot.Bot.Sending;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>
/// The one loop that writes threads. It takes whatever waits, commits it as one batch, acknowledges every event of it, and wakes the
/// sender. Nothing slow happens inside.
/// </summary>
internal sealed partial class ApplyLoop(
    ApplyQueue queue,
    ApplyBatch batch,
    CurrentSettings settings,
    IAcknowledger acknowledger,
    SendSignal signal,
    BotHealth health,
    SeenPeople people,
    TimeProvider time,
    ILogger<ApplyLoop> log) : BackgroundService
{
    private const int MostPerBatch = 512;
    private static readonly TimeSpan s_pauseAfterTrouble = TimeSpan.FromSeconds(1);

    // Commits block their thread while the disk syncs, and events follow each other closely: the loop has a thread of its own, and stays on
    // it.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Lets the loop store what is in the queue, then ends it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    private void Run(CancellationToken ct)
    {
        var items = new List<QueueItem>(MostPerBatch);
        while (queue.Wait(ct))
        {
            queue.Drain(items, MostPerBatch);
            StoreAsync(items, ct).GetAwaiter().GetResult();
            items.Clear();
        }
    }

    /// <summary>Stores what it can; returns the store's trouble, if it is nobody's fault and may pass.</summary>
    private async Task<StoreException?> StoreAsync(List<QueueItem> items, CancellationToken ct)
    {
        try
        {
            await ApplyAsync([.. items.SelectMany(i => i.Arrivals)], ct);
        }
        catch (StoreException e) when (e.MayPass)
        {
            NotStored(items, e);
            await Task.Delay(s_pauseAfterTrouble, time, ct);
            return e;
        }
        catch (Exception e) when (e is not OperationCanceledException && items.Count > 1)
        {
            // One of them is the culprit: the others need not suffer for it.
            StoreException? trouble = null;
            foreach (var item in items)
            {
                if (trouble is null)
                    trouble = await StoreAsync([item], ct);
                else
                    Fail([item], trouble);
            }

            return trouble;
        }
        catch (Exception e) when (e is not OperationCanceledException && items[0].Arrivals.Count > 1)
        {
            return await StoreEachAsync(items[0], ct);
        }
        catch (StoreException e)
        {
            NotStored(items, e);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Refused(log, e);
            Fail(items, e);
            return null;
        }

        if (items.Exists(i => i.Arrivals.Count > 0))
            health.StoreWorks();
        foreach (var arrival in items.SelectMany(i => i.Arrivals))
            people.Note(arrival);
        await acknowledger.AcknowledgeAsync([.. items.Where(i => i.Delivery is not null).Select(i => i.Delivery!)], ct);
        foreach (var item in items)
            item.Stored?.TrySetResult();
        signal.Wake();
        return null;
    }

    /// <summary>Stores the arrivals of an item one by one: it goes on without the culprit, unless the store takes none of them.</summary>
    private async Task<StoreException?> StoreEachAsync(QueueItem item, CancellationToken ct)
    {
        var refusals = new List<Exception>();
        foreach (var arrival in item.Arrivals)
        {
            var alone = new QueueItem([arrival]) { Stored = new TaskCompletionSource() };
            if (await StoreAsync([alone], ct) is { } trouble)
            {
                Fail([item], trouble);
                return trouble;
            }

            if (alone.Stored.Task.Exception?.InnerException is { } refusal)
                refusals.Add(refusal);
        }

        if (refusals.Count == item.Arrivals.Count && refusals.Find(r => r is StoreException) is { } all)
            Fail([item], all);
        else
            item.Stored?.TrySetResult();
        return null;
    }

    /// <summary>Not stored, so not acknowledged: Slack delivers it again, or history has it.</summary>
    private void NotStored(List<QueueItem> items, StoreException e)
    {
        health.StoreFailed(e.Message);
        Log.NotStored(log, items.Count, e.Message);
        Fail(items, e);
    }

    private ValueTask ApplyAsync(List<Arrival> arrivals, CancellationToken ct) =>
        arrivals.Count == 0 ? ValueTask.CompletedTask : batch.ApplyAsync(arrivals, settings.History, Ts.From(time.GetUtcNow()), ct);

    private static void Fail(List<QueueItem> items, Exception e)
    {
        foreach (var item in items)
            item.Stored?.TrySetException(e);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} events could not be stored and stay unacknowledged: {Reason}")]
        public static partial void NotStored(ILogger log, int count, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "An event could not be applied and stays unacknowledged; please report this")]
        public static partial void Refused(ILogger log, Exception e);
    }
}

/// <summary>Tells Slack that events are stored.</summary>
internal interface IAcknowledger
{
    ValueTask AcknowledgeAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken ct);
}
