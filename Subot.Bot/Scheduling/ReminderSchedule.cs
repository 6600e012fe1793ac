using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Storage;

namespace Subot.Bot.Scheduling;

/// <summary>
/// Reminders of requests that wait. Of several that became due while nobody looked, one is sent; of more than a few requests at once, one
/// message. One whose reason went away before it was sent, and has come back, is sent after all.
/// </summary>
internal sealed class ReminderSchedule(IStore store, ReminderClock clock, CurrentSettings settings) : ISchedule
{
    private const int MostSingle = 3;

    // Reminders that stand for good while they are due, by channel: there is no need to look at them each time.
    private readonly Dictionary<ChannelId, HashSet<string>> _settled = [];

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
        await TakeUpAsync(channel, due.FindAll(a => known.Contains(a.Id)), now, ct);
        due.RemoveAll(a => known.Contains(a.Id));
        if (due.Count == 0)
            return;
        IEnumerable<StoredAction> created = due.Count > MostSingle
            ? [New(BotAction.Reminders(channel, due), now), .. due.Select(a => New(a, now) with { Status = ActionStatus.Bundled })]
            : due.Select(a => New(a, now));
        await store.CreateActionsAsync([.. created], ct);
    }

    /// <summary>
    /// The request was solved, answered or put off when its reminder was to be sent, and now it waits again in the same silence: the
    /// reminder is the same, and due as if it were new.
    /// </summary>
    private async Task TakeUpAsync(ChannelId channel, List<BotAction> known, Ts now, CancellationToken ct)
    {
        var before = _settled.GetValueOrDefault(channel) ?? [];
        var settled = new HashSet<string>();
        foreach (var reminder in known)
        {
            var action = before.Contains(reminder.Id) ? null : await store.ActionAsync(reminder.Id, ct);
            // What was posted to the wrong place is not posted again.
            if (action is { Status: ActionStatus.Cancelled, SecondPost: null, PostedAt: null })
                await store.UpdateActionAsync(action, New(reminder, now), ct);
            else if (action is null or { Status: not (ActionStatus.Pending or ActionStatus.Bundled) })
                settled.Add(reminder.Id);
        }

        _settled[channel] = settled;
    }

    private static StoredAction New(BotAction action, Ts now) => new(action, ActionStatus.Pending) { NextTry = now };
}
