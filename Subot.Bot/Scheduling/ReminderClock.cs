using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Projection;
using Subot.Domain.Reminders;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Scheduling;

/// <summary>Which reminders of a request are due, by the settings of now: a change of them counts at once.</summary>
internal sealed class ReminderClock(IThreadStore store, CurrentSettings settings)
{
    /// <summary>Requests of a channel whose turn is the team's, the longest silent first.</summary>
    public async Task<List<ProjectedThread>> WaitingAsync(ChannelId channel, Ts silentSince, CancellationToken ct)
    {
        var threads = await store.LoadAsync(await store.OpenThreadsAsync(channel, silentSince, int.MaxValue, ct), ct);
        return [.. threads.Values.Select(t => t.State).Where(s => s.Turn == Turn.Team).OrderBy(s => s.SilentSince).ThenBy(s => s.Key)];
    }

    /// <summary>Those whose reminders were all due before the working day of an instant began: they are on that day's list.</summary>
    public async Task<List<ProjectedThread>> ExhaustedAsync(ChannelId channel, Ts now, CancellationToken ct)
    {
        var version = settings.History.At(now);
        var rule = version.Settings.Reminders.Rule;
        if (rule.Limit == 0 || OpeningOf(channel, now) is not { } opening)
            return [];
        var waiting = await WaitingAsync(channel, now.AddSeconds(-rule.AfterSeconds), ct);
        return waiting.FindAll(w => rule.DueUntil(SilenceOf(w), ClockOf(version, channel), opening) == rule.Limit
            && rule.DueAt(SilenceOf(w), ClockOf(version, channel), rule.Limit) < opening);
    }

    /// <summary>How many reminders of the present silence are due by an instant.</summary>
    public int Due(ProjectedThread thread, Ts now)
    {
        var version = settings.History.At(now);
        return version.Settings.Reminders.Rule.DueUntil(SilenceOf(thread), ClockOf(version, thread.Key.Channel), now);
    }

    /// <summary>When work begins on the local day of an instant; null if it is not worked.</summary>
    public Ts? OpeningOf(ChannelId channel, Ts now)
    {
        var version = settings.History.At(now);
        return ClockOf(version, channel).FirstOpeningOn(LocalDay.Of(now, version.Settings.CalendarOf(channel).Zone));
    }

    private WorkingClock ClockOf(SettingsVersion version, ChannelId channel) => settings.History.ClockOf(version, channel);

    private static Silence SilenceOf(ProjectedThread thread) => new(thread.SilentSince!.Value, [.. thread.Snoozes.Select(s => s.At)]);
}
