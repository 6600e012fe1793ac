using Subot.Domain;
using Subot.Domain.Settings;

namespace Subot.Bot.Reports;

/// <summary>A report that comes again and again.</summary>
/// <param name="Name">Stands in the ids of actions.</param>
/// <param name="Cron">When it comes; null: never.</param>
/// <param name="Earlier">A local time so many lengths of the report earlier.</param>
internal sealed record ReportJob(string Name, Func<ReportSettings, string?> Cron, Func<DateTime, int, DateTime> Earlier)
{
    public static ReportJob Weekly { get; } = new("weekly", s => s.Weekly, (local, times) => local.AddDays(-7 * times));

    public static ReportJob Monthly { get; } = new("monthly", s => s.Monthly, (local, times) => local.AddMonths(-times));

    public static IReadOnlyList<ReportJob> All { get; } = [Weekly, Monthly];

    /// <summary>The job of this name.</summary>
    public static ReportJob Of(string name) => All.First(j => j.Name == name);

    /// <summary>
    /// What a report looks back on that ends at an instant: from the same local time a week or a month earlier, whatever the clock did in
    /// between; and as long a time before that.
    /// </summary>
    public ReportPeriod PeriodUntil(Ts end, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(end.ToDateTimeOffset(), zone).DateTime;
        return new ReportPeriod(LocalDay.At(Earlier(local, 2), zone), LocalDay.At(Earlier(local, 1), zone), end, zone);
    }
}

/// <summary>The time that a report looks back on: [From, To), compared with [Before, From).</summary>
/// <param name="Zone">Of its local days.</param>
internal sealed record ReportPeriod(Ts Before, Ts From, Ts To, TimeZoneInfo Zone);
