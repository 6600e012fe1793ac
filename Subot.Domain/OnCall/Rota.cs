using Subot.Domain.Settings;

namespace Subot.Domain.OnCall;

/// <summary>How long each person of a rota is on call.</summary>
public enum RotaPeriod : byte
{
    /// <summary>Seven local days.</summary>
    Week,

    /// <summary>A month, from the same day of each.</summary>
    Month,
}

/// <summary>
/// Who is on call in turn: each person for one period, then the next, without end in both directions. Periods count from
/// <see cref="First"/>, whose day is that of every hand-over, so that the two cannot disagree.
/// </summary>
public sealed record Rota
{
    private const int LastDayOfEveryMonth = 28;

    /// <summary>How long each person is on call.</summary>
    public required RotaPeriod Period { get; init; }

    /// <summary>User ids in the order of their turns.</summary>
    public required IReadOnlyList<string> People { get; init; }

    /// <summary>
    /// A local date of a hand-over, at which the first of <see cref="People"/> takes over; for months on a day from 1 to 28.
    /// </summary>
    public required DateOnly First { get; init; }

    /// <summary>The time of the hand-over in minutes after local midnight, 0 to 1439.</summary>
    public required int HandOverMinute { get; init; }

    /// <summary>The day of the hand-over: of the week 0 to 6, Sunday first, as <see cref="DayOfWeek"/>; of the month 1 to 28.</summary>
    public int HandOverDay => Period == RotaPeriod.Week ? (int)First.DayOfWeek : First.Day;

    /// <summary>A rota by week whose first person is on call at an instant.</summary>
    /// <param name="minute">Minutes after local midnight.</param>
    public static Rota Weekly(DayOfWeek day, int minute, IReadOnlyList<string> people, Ts now, TimeZoneInfo zone)
    {
        var today = Today(now, zone);
        var first = today.AddDays((int)day - (int)today.DayOfWeek);
        return new Rota { Period = RotaPeriod.Week, People = people, First = first, HandOverMinute = minute }.BeginningAt(now, zone);
    }

    /// <summary>A rota by month whose first person is on call at an instant.</summary>
    /// <param name="day">Day of the month; what is none from 1 to 28 gives a rota that <see cref="Problems"/> refuses.</param>
    /// <param name="minute">Minutes after local midnight.</param>
    public static Rota Monthly(int day, int minute, IReadOnlyList<string> people, Ts now, TimeZoneInfo zone)
    {
        var every = day is >= 1 and <= LastDayOfEveryMonth;
        var first = new DateOnly(Today(now, zone).Year, 1, every ? day : 31);
        var rota = new Rota { Period = RotaPeriod.Month, People = people, First = first, HandOverMinute = minute };
        return every ? rota.BeginningAt(now, zone) : rota;
    }

    /// <summary>What is wrong with it; nothing if it can be used.</summary>
    /// <param name="team">User ids of those who may be on call.</param>
    public IEnumerable<PlanProblem> Problems(IReadOnlySet<string> team)
    {
        if (People.Count == 0)
            yield return new PlanProblem(PlanProblemKind.EmptyRota);
        foreach (var twice in People.GroupBy(p => p, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return new PlanProblem(PlanProblemKind.TwiceInRota, twice.Key);
        foreach (var stranger in People.Distinct(StringComparer.Ordinal).Where(p => !team.Contains(p)))
            yield return new PlanProblem(PlanProblemKind.NotInTeam, stranger);
        if (Period == RotaPeriod.Month && First.Day > LastDayOfEveryMonth)
            yield return new PlanProblem(PlanProblemKind.NoDayOfEveryMonth);
        if (HandOverMinute is < 0 or >= 24 * 60)
            yield return new PlanProblem(PlanProblemKind.NoTimeOfDay);
    }

    /// <summary>The number of the period that an instant lies in: 0 begins at <see cref="First"/>, earlier ones are negative.</summary>
    public int PeriodAt(Ts instant, TimeZoneInfo zone)
    {
        var today = Today(instant, zone);
        var period = Period == RotaPeriod.Week
            ? (int)Math.Floor((today.DayNumber - First.DayNumber) / 7.0)
            : (today.Year - First.Year) * 12 + today.Month - First.Month;

        // The date alone knows neither the time of the hand-over nor a clock that is turned.
        while (Start(period, zone) > instant)
            period--;
        while (Start(period + 1, zone) <= instant)
            period++;
        return period;
    }

    /// <summary>
    /// The instant at which a period begins. A hand-over at a time that the clock shows twice is at the first; one that the clock jumps
    /// over is later by the jump.
    /// </summary>
    public Ts Start(int period, TimeZoneInfo zone) => LocalDay.At(Day(period), HandOverMinute, zone);

    /// <summary>The first hand-over after an instant.</summary>
    public Ts NextHandOver(Ts instant, TimeZoneInfo zone) => Start(PeriodAt(instant, zone) + 1, zone);

    /// <summary>Those whom a period asks, in order: its own person, then whoever stands in when that one is away.</summary>
    public IEnumerable<string> Asked(int period)
    {
        var own = ((period % People.Count) + People.Count) % People.Count;
        return Enumerable.Range(own, People.Count).Select(i => People[i % People.Count]);
    }

    /// <inheritdoc/>
    public bool Equals(Rota? other) => other is not null
        && Period == other.Period
        && First == other.First
        && HandOverMinute == other.HandOverMinute
        && People.SequenceEqual(other.People, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Period, First, HandOverMinute, People.Count);

    private Rota BeginningAt(Ts instant, TimeZoneInfo zone) => this with { First = Day(PeriodAt(instant, zone)) };

    private DateOnly Day(int period) => Period == RotaPeriod.Week ? First.AddDays(7 * period) : First.AddMonths(period);

    private static DateOnly Today(Ts instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone).DateTime);
}
