using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Bot.Reports;

/// <summary>The numbers of a report: of its period, and of as long a time before, each as it stood at its end.</summary>
internal sealed record ReportNumbers(ReportPeriod Period, PeriodNumbers Now, PeriodNumbers Before);

/// <summary>Adds up the numbers of reports, thread by thread.</summary>
internal sealed class ReportReader(IThreadStore store, CurrentSettings settings)
{
    public async Task<ReportNumbers> ReadAsync(ChannelId channel, ReportPeriod period, CancellationToken ct) => new(
        period,
        await ReadAsync(channel, period.From, period.To, period.Zone, ct),
        await ReadAsync(channel, period.Before, period.From, period.Zone, ct));

    private async Task<PeriodNumbers> ReadAsync(ChannelId channel, Ts from, Ts to, TimeZoneInfo zone, CancellationToken ct)
    {
        var history = settings.History;
        var tally = new PeriodTally(from, to, zone, history);
        await foreach (var thread in AsItStood.ThreadsAsync(store, channel, from, to, history, asOf: to, ct))
            tally.Add(thread);
        return tally.Numbers;
    }
}
