using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Scheduling;

/// <summary>The daily list of what waits after all its reminders, when work begins.</summary>
internal sealed class WaitingSchedule(IStore store, ReminderClock clock, CurrentSettings settings) : ISchedule
{
    public async Task RunAsync(ChannelId channel, Ts now, CancellationToken ct)
    {
        if (clock.OpeningOf(channel, now) is not { } opening || now < opening)
            return;
        var zone = settings.History.At(now).Zone;
        var today = LocalDay.Of(now, zone);
        var list = BotAction.Waiting(channel, today, LocalDay.Start(today.AddDays(1), zone));
        if ((await store.KnownActionsAsync([list.Id], ct)).Count > 0 || (await clock.ExhaustedAsync(channel, now, ct)).Count == 0)
            return;
        await store.CreateActionsAsync([new StoredAction(list, ActionStatus.Pending) { NextTry = now }], ct);
    }
}
