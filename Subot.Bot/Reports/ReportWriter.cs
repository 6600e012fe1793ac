using Subot.Bot.Scheduling;
using Subot.Bot.Settings;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Reports;

/// <summary>Whether something of a channel may be missing at the moment.</summary>
internal delegate bool IsBehind(ChannelId channel);

/// <summary>Writes reports: numbers and their evolution, who was on call, who waits longest, and how far the record reaches.</summary>
internal sealed class ReportWriter(
    ReportReader reader,
    IThreadStore store,
    ReportOnCall onCall,
    ReminderClock clock,
    RequestList list,
    CurrentSettings settings,
    IsBehind isBehind,
    TimeProvider time)
{
    private const int MostTags = 3;
    private const int MostRequests = 5;
    private const int LongestTag = 40;
    private const long LateSeconds = 3600;

    /// <summary>A report that ends at an instant, in the words of now.</summary>
    public async Task<Report> WriteAsync(ChannelId channel, ReportJob job, Ts until, CancellationToken ct)
    {
        var now = Ts.From(time.GetUtcNow());
        var version = settings.History.At(now);
        var words = Wording.Of(version.Settings);
        var numbers = await reader.ReadAsync(channel, job.PeriodUntil(until, version.Zone), ct);
        IEnumerable<string?> lines =
        [
            .. Head(channel, job, numbers.Period, words, now),
            await GapAsync(channel, until, words, version.Zone, ct),
            "",
            .. Numbers(numbers, words),
            .. Tags(numbers, version.Settings, words),
            "",
            await onCall.LineAsync(channel, numbers.Period, words, ct),
            .. await WaitingAsync(channel, now, words, ct),
            "",
            Foot(version, channel, until, words),
        ];
        return new Report(job, numbers, words, NobodyPinged.In(string.Join('\n', lines.OfType<string>())));
    }

    /// <summary>An instant in the words of a language, never without its day: reports are read later.</summary>
    public static string Moment(Ts instant, TimeZoneInfo zone, Wording words) =>
        TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone).ToString("ddd d MMM HH:mm", words.Culture);

    private static IEnumerable<string> Head(ChannelId channel, ReportJob job, ReportPeriod period, Wording words, Ts now)
    {
        var (title, span) = job == ReportJob.Weekly ? (TextId.ReportWeekly, TextId.ReportWeeklyPeriod) : (TextId.ReportMonthly, TextId.ReportMonthlyPeriod);
        yield return words.Say(title, ("channel", SlackText.Channel(channel.Value)));
        yield return words.Say(span, ("from", Moment(period.From, period.Zone, words)), ("until", Moment(period.To, period.Zone, words)));
        if (now > period.To.AddSeconds(LateSeconds))
            yield return words.Say(TextId.ReportLate, ("due", Moment(period.To, period.Zone, words)));
    }

    /// <summary>What may be missing, while it may.</summary>
    private async Task<string?> GapAsync(ChannelId channel, Ts until, Wording words, TimeZoneInfo zone, CancellationToken ct)
    {
        if (!isBehind(channel))
            return null;
        var record = (await store.ChannelsAsync(ct)).FirstOrDefault(c => c.Id == channel);
        return record is null ? words.Say(TextId.ReportGapAll)
            : record.CompleteUntil >= until ? null
            : words.Say(TextId.ReportGap, ("until", Moment(record.CompleteUntil, zone, words)));
    }

    private static IEnumerable<string> Numbers(ReportNumbers numbers, Wording words)
    {
        var (now, before, say) = (numbers.Now.Team, numbers.Before.Team, new Evolution(words));
        string Counted(TextId id, Func<TeamNumbers, long> count) => words.Say(id, ("count", say.Count(count(now))), ("change", say.Change(count(now), count(before))));
        yield return Counted(TextId.ReportRequests, n => n.Requests);
        yield return words.Say(
            TextId.ReportSolved,
            ("count", say.Count(now.Solved)), ("change", say.Change(now.Solved, before.Solved)),
            ("rate", say.Rate(now.ResolutionRate)), ("rate_change", say.Change(now.ResolutionRate, before.ResolutionRate)));
        yield return Counted(TextId.ReportOpen, n => n.Open);
        yield return Counted(TextId.ReportExpired, n => n.Expired);
        yield return Counted(TextId.ReportReopened, n => n.ReopenedThreads);
        yield return words.Say(
            TextId.ReportResponse,
            ("median", say.Median(now.FirstResponse)), ("change", say.Change(now.FirstResponse, before.FirstResponse)),
            ("count", now.FirstResponse.N), ("waiting", now.FirstResponse.Waiting));
        yield return words.Say(
            TextId.ReportResponseWorking,
            ("median", say.Median(now.FirstResponseWorking)), ("change", say.Change(now.FirstResponseWorking, before.FirstResponseWorking)));
        yield return words.Say(
            TextId.ReportTarget,
            ("rate", say.Rate(now.Target.MetRate)), ("change", say.Change(now.Target.MetRate, before.Target.MetRate)),
            ("met", now.Target.Met), ("judged", now.Target.Met + now.Target.Breached));
        yield return words.Say(
            TextId.ReportAnswers,
            ("count", now.Answered), ("change", say.Change(now.Answered, before.Answered)),
            ("deflected", now.Deflected), ("deflected_change", say.Change(now.Deflected, before.Deflected)));
        yield return words.Say(
            TextId.ReportUseful,
            ("rate", say.Rate(now.Usefulness)), ("change", say.Change(now.Usefulness, before.Usefulness)), ("count", now.Useful + now.Useless));
    }

    /// <summary>The tools and labels that came most often, if any came.</summary>
    private static IEnumerable<string> Tags(ReportNumbers numbers, TeamSettings valid, Wording words)
    {
        var say = new Evolution(words);
        string Listed(IReadOnlyDictionary<string, long> now, IReadOnlyDictionary<string, long> before, IEnumerable<Tag> tags)
        {
            var names = tags.ToDictionary(t => t.Id, t => SlackText.Escape(SlackText.Truncate(t.Name, LongestTag)));
            var most = now.Select(n => (n.Value, n.Key, Name: names.GetValueOrDefault(n.Key, n.Key))).OrderByDescending(n => n.Value).ThenBy(n => n.Name, StringComparer.Ordinal);
            return string.Join(", ", most.Take(MostTags).Select(n => $"{n.Name} {say.Count(n.Value)} ({say.Change(n.Value, before.GetValueOrDefault(n.Key))})"));
        }

        if (numbers.Now.Tools.Count > 0)
            yield return words.Say(TextId.ReportTools, ("list", Listed(numbers.Now.Tools, numbers.Before.Tools, valid.Tools)));
        if (numbers.Now.Labels.Count > 0)
            yield return words.Say(TextId.ReportLabels, ("list", Listed(numbers.Now.Labels, numbers.Before.Labels, valid.Labels)));
    }

    private async Task<IEnumerable<string>> WaitingAsync(ChannelId channel, Ts now, Wording words, CancellationToken ct)
    {
        var waiting = await clock.WaitingAsync(channel, now, ct);
        return waiting.Count == 0 ? [] : [words.Say(TextId.ReportWaiting), await list.LinesAsync(waiting, now, words, MostRequests, ct)];
    }

    /// <summary>Until when the record is complete, and where there is more.</summary>
    private string? Foot(SettingsVersion version, ChannelId channel, Ts until, Wording words)
    {
        var complete = isBehind(channel) ? null : words.Say(TextId.ReportComplete, ("until", Moment(until, version.Zone, words)), ("zone", version.Settings.TimeZone));
        var more = version.Settings.Reports.Dashboard is { } link ? words.Say(TextId.ReportDashboard, ("link", link)) : null;
        string?[] parts = [complete, more];
        return parts.OfType<string>().ToList() is { Count: > 0 } known ? string.Join(' ', known) : null;
    }
}
