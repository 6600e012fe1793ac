using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;

namespace Subot.Bot.Reports;

/// <summary>The requests of a local day, by what had become of them. A period may begin and end within a day.</summary>
internal sealed record DayNumbers(DateOnly Day)
{
    public int Solved { get; set; }

    public int Open { get; set; }

    public int Expired { get; set; }

    public int Requests => Solved + Open + Expired;
}

/// <summary>The numbers of a period as they stood at its end.</summary>
/// <param name="Tools">How many requests were about each tool, by its id; a request may be about several.</param>
/// <param name="Labels">The same of the labels.</param>
/// <param name="Days">Every local day that the period touches.</param>
internal sealed record PeriodNumbers(
    TeamNumbers Team, IReadOnlyDictionary<string, long> Tools, IReadOnlyDictionary<string, long> Labels, IReadOnlyList<DayNumbers> Days);

/// <summary>Adds up the threads of a period.</summary>
internal sealed class PeriodTally
{
    private readonly TimeZoneInfo _zone;
    private readonly NumbersTally _team;
    private readonly Dictionary<string, long> _tools = [];
    private readonly Dictionary<string, long> _labels = [];
    private readonly Dictionary<DateOnly, DayNumbers> _days = [];

    public PeriodTally(Ts from, Ts to, TimeZoneInfo zone, SettingsHistory settings)
    {
        (_zone, _team) = (zone, new NumbersTally(new AsOf(to, settings)));
        for (var day = LocalDay.Of(from, zone); LocalDay.Start(day, zone) < to; day = day.AddDays(1))
            _days[day] = new DayNumbers(day);
    }

    public PeriodNumbers Numbers => new(_team.Numbers(), _tools, _labels, [.. _days.Values.OrderBy(d => d.Day)]);

    public void Add(StoodThread thread)
    {
        _team.Add(thread.Contribution);
        if (thread.State.Kind != RootKind.Request)
            return;
        Count(thread.State.Tools, _tools);
        Count(thread.State.Labels, _labels);
        var day = _days[LocalDay.Of(thread.State.Key.Root, _zone)];
        if (thread.State.Status == ThreadStatus.Fixed)
            day.Solved++;
        else if (thread.State.Status == ThreadStatus.Expired)
            day.Expired++;
        else
            day.Open++;
    }

    private static void Count(IEnumerable<string> ids, Dictionary<string, long> counts)
    {
        foreach (var id in ids.Distinct())
            counts[id] = counts.GetValueOrDefault(id) + 1;
    }
}
