using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Scheduling;

/// <summary>The daily list of what waits after all its reminders, when work begins.</summary>
internal sealed class WaitingSchedule(IStore store, ReminderClock clock, CurrentSettings settings) : ISchedule
{
    private readonly Dictionary<ChannelId, DateOnly> _looked = [];

    public async Task RunAsync(ChannelId channel, Ts now, CancellationToken ct)
    {
        if (clock.OpeningOf(channel, now) is not { } opening || now < opening)
            return;
        var zone = settings.At(now).CalendarOf(channel).Zone;
        var today = LocalDay.Of(now, zone);
        var list = BotAction.Waiting(channel, today, LocalDay.Start(today.AddDays(1), zone));
        // What is on the list was so when the day began: it is looked at once a day.
        if (_looked.GetValueOrDefault(channel) == today || (await store.KnownActionsAsync([list.Id], ct)).Count > 0)
            return;
        var exhausted = await clock.ExhaustedAsync(channel, now, ct);
        if (exhausted.Count > 0)
            await store.CreateActionsAsync([new StoredAction(list, ActionStatus.Pending) { NextTry = now }], ct);
        _looked[channel] = today;
    }
}
