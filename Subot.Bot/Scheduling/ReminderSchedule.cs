using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Storage;

namespace Subot.Bot.Scheduling;

/// <summary>
/// Reminders of requests that wait. Of several that became due while nobody looked, one is sent; of more than a few requests at once, one
/// message.
/// </summary>
internal sealed class ReminderSchedule(IStore store, ReminderClock clock, CurrentSettings settings) : ISchedule
{
    private const int MostSingle = 3;

    public async Task RunAsync(ChannelId channel, Ts now, CancellationToken ct)
    {
        if (settings.At(now).Reminders.Limit == 0)
            return;
        var waiting = await clock.WaitingAsync(channel, now.AddSeconds(-settings.At(now).Reminders.AfterSeconds), ct);
        var due = (from thread in waiting
                   let number = clock.Due(thread, now)
                   where number > 0
                   select BotAction.Reminder(thread.Key, thread.SilentSince!.Value, number)).ToList();
        var known = await store.KnownActionsAsync(due.ConvertAll(a => a.Id), ct);
        due.RemoveAll(a => known.Contains(a.Id));
        if (due.Count == 0)
            return;
        IEnumerable<StoredAction> created = due.Count > MostSingle
            ? [New(BotAction.Reminders(channel, due), now), .. due.Select(a => New(a, now) with { Status = ActionStatus.Bundled })]
            : due.Select(a => New(a, now));
        await store.CreateActionsAsync([.. created], ct);
    }

    private static StoredAction New(BotAction action, Ts now) => new(action, ActionStatus.Pending) { NextTry = now };
}
