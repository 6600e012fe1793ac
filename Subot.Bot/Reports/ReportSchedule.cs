using Cronos;
using Subot.Bot.Scheduling;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Reports;

/// <summary>
/// Creates the newest report that is due. One that was due while the bot was down is due at its start, unless the next one is; none is for
/// an hour at which it was not asked for yet.
/// </summary>
internal sealed class ReportSchedule(IActionStore store, CurrentSettings settings) : ISchedule
{
    public async Task RunAsync(ChannelId channel, Ts now, CancellationToken ct)
    {
        var due = ReportJob.All.Select(job => Due(job, channel, settings.History, now)).OfType<BotAction>().ToList();
        if (due.Count == 0)
            return;
        var known = await store.KnownActionsAsync(due.ConvertAll(a => a.Id), ct);
        if (due.FindAll(a => !known.Contains(a.Id)) is { Count: > 0 } news)
            await store.CreateActionsAsync([.. news.Select(a => new StoredAction(a, ActionStatus.Pending) { NextTry = now })], ct);
    }

    /// <summary>The newest report of a job at or before an instant; null if there is none.</summary>
    public static BotAction? Due(ReportJob job, ChannelId channel, SettingsHistory history, Ts now)
    {
        var zone = history.At(now).Zone;
        // What is no cron expression may stand in settings that were written by hand: then there is no report.
        if (job.Cron(history.At(now).Settings.Reports) is not { } text || !CronExpression.TryParse(text, out var cron))
            return null;
        if (cron.GetPreviousOccurrence(now.ToDateTimeOffset(), zone, inclusive: true) is not { } moment || Ts.From(moment) < AskedSince(job, history, now))
            return null;
        var next = cron.GetNextOccurrence(moment, zone);
        return BotAction.Report(job.Name, channel, LocalDay.Of(Ts.From(moment), zone), Ts.From(moment), next is { } end ? Ts.From(end) : Ts.Max);
    }

    /// <summary>Since when the report is asked for at the times of now: the settings say so, and somebody had written it.</summary>
    private static Ts AskedSince(ReportJob job, SettingsHistory history, Ts now)
    {
        bool IsAsNow(TeamSettings s) => job.Cron(s.Reports) == job.Cron(history.At(now).Settings.Reports) && s.TimeZone == history.At(now).Settings.TimeZone;
        var valid = history.Versions.Where(v => v.ValidFrom <= now).Reverse().TakeWhile(v => IsAsNow(v.Settings)).Min(v => v.ValidFrom);
        var written = history.Written.Where(v => IsAsNow(v.Settings)).Min(v => Ts.From(v.WrittenAt));
        return valid > written ? valid : written;
    }
}
