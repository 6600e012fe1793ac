using FsCheck;
using FsCheck.Fluent;
using Subot.Domain;
using Subot.Domain.OnCall;

namespace Subot.Tests.Domain.OnCall;

/// <summary>A plan in a zone and a stretch of time in which it is asked; every bound is a whole quarter of an hour.</summary>
public sealed record PlanCase(OnCallPlan Plan, TimeZoneInfo Zone, Ts From, Ts To)
{
    public static readonly ChannelId Help = new("C1");

    public const long Quarter = 15 * 60 * Ts.Second;

    private static readonly TimeZoneInfo[] s_zones = [..
        new[] { "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu" }.Select(TimeZoneInfo.FindSystemTimeZoneById)];

    /// <summary>Days on which one of the zones turns its clock, and two on which none does.</summary>
    private static readonly DateOnly[] s_days =
        [new(2026, 3, 8), new(2026, 3, 29), new(2026, 4, 5), new(2026, 10, 4), new(2026, 10, 25), new(2026, 11, 1), new(2026, 2, 28), new(2027, 1, 1)];

    private static readonly string[] s_people = ["U1", "U2", "U3", "U4"];

    public static readonly IReadOnlySet<string> Team = s_people.ToHashSet();

    /// <summary>Plans of every sort, asked for up to three days, mostly around changes of the clock.</summary>
    public static Gen<PlanCase> OverDays { get; } = Of(Gen.Choose(1, 3 * 96), RotaOf(Gen.Elements(RotaPeriod.Week, RotaPeriod.Month)).OrNull());

    /// <summary>The same, asked for up to ten weeks.</summary>
    public static Gen<PlanCase> OverWeeks { get; } = Of(Gen.Choose(96, 70 * 96), RotaOf(Gen.Elements(RotaPeriod.Week, RotaPeriod.Month)).OrNull());

    /// <summary>Rotas by week, asked for up to ten weeks.</summary>
    public static Gen<PlanCase> ByWeek { get; } = Of(Gen.Choose(96, 70 * 96), day => RotaOf(Gen.Constant(RotaPeriod.Week))(day).Select(r => (Rota?)r));

    public Ts Later(long quarters) => new(From.Micros + quarters * Quarter);

    public override string ToString() =>
        $"{Zone.Id} {From.ToDateTimeOffset():u} to {To.ToDateTimeOffset():u}, {Plan.Rota?.Period} {Plan.Rota?.First} {Plan.Rota?.HandOverMinute} "
        + $"[{string.Join(' ', Plan.Rota?.People ?? [])}], away [{string.Join("; ", Plan.Absences)}], duties [{string.Join("; ", Plan.Duties)}]";

    private static Gen<PlanCase> Of(Gen<int> quarters, Func<DateOnly, Gen<Rota?>> rotas) =>
        from zone in Gen.Elements(s_zones)
        from day in Gen.Elements(s_days)
        from rota in rotas(day)
        from absences in AbsenceNear(day).ListOf(0, 3)
        from start in Gen.Choose(-120, 60)
        from length in quarters
        let begin = new Ts(Midnight(day).Micros + start * Quarter)
        from duties in DutyNear(begin).ListOf(0, 3)
        from topic in Gen.Elements(s_people).OrNull()
        select new PlanCase(
            new OnCallPlan
            {
                Rota = rota,
                Absences = [.. absences],
                Duties = [.. duties],
                Topics = topic is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [Help.Value] = topic },
            },
            zone,
            begin,
            new Ts(begin.Micros + length * Quarter));

    private static Func<DateOnly, Gen<Rota>> RotaOf(Gen<RotaPeriod> periods) => day =>
        from period in periods
        from count in Gen.Choose(1, 4)
        from people in Gen.Shuffle(s_people)
        from minute in Gen.Elements(0, 90, 120, 135, 150, 165, 180, 540, 1425)
        from shift in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 6)))
        from periodsAway in Gen.Choose(-60, 60)
        let near = day.AddDays(shift)
        let first = period == RotaPeriod.Week
            ? near.AddDays(7 * periodsAway)
            : new DateOnly(near.Year, near.Month, Math.Min(near.Day, 28)).AddMonths(periodsAway / 2)
        select new Rota { Period = period, First = first, HandOverMinute = minute, People = [.. people.Take(count)] };

    private static Gen<Absence> AbsenceNear(DateOnly day) =>
        from user in Gen.Elements(s_people)
        from start in Gen.Choose(-3, 20)
        from length in Gen.Choose(0, 9)
        select new Absence(user, day.AddDays(start), day.AddDays(start + length));

    private static Gen<Duty> DutyNear(Ts near) =>
        from user in Gen.Elements(s_people)
        from start in Gen.Choose(-300, 1000)
        from length in Gen.Frequency((9, Gen.Choose(1, 700)), (1, Gen.Constant(int.MaxValue)))
        let begin = new Ts(near.Micros + start * Quarter)
        select new Duty(begin, length == int.MaxValue ? Ts.Max : new Ts(begin.Micros + length * Quarter), user);

    private static Ts Midnight(DateOnly day) => Ts.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}

file static class Drawing
{
    public static Func<DateOnly, Gen<T?>> OrNull<T>(this Func<DateOnly, Gen<T>> gen) where T : class => day => gen(day).OrNull();

    public static Gen<T?> OrNull<T>(this Gen<T> gen) where T : class => Gen.Frequency((4, gen.Select(x => (T?)x)), (1, Gen.Constant<T?>(null)));

    public static Gen<List<T>> ListOf<T>(this Gen<T> gen, int least, int most) =>
        from count in Gen.Choose(least, most)
        from list in gen.ListOf(count)
        select list.ToList();
}
