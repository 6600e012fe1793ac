using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.OnCall;
using static Subot.Tests.Domain.OnCall.PlanCase;

namespace Subot.Tests.Domain.OnCall;

/// <summary>Who is on call, by examples.</summary>
public sealed class OnCallPlanTests
{
    private static readonly TimeZoneInfo s_paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>Handed over on Mondays at 9:00; U1 from March 2nd 2026.</summary>
    private static readonly Rota s_mondays = new()
    {
        Period = RotaPeriod.Week,
        People = ["U1", "U2", "U3"],
        First = new DateOnly(2026, 3, 2),
        HandOverMinute = 9 * 60,
    };

    private static readonly OnCallPlan s_plan = new() { Rota = s_mondays };

    [TestCase("2026-03-02T08:00Z", "U1", TestName = "First_person_takes_over_on_the_first_day_at_the_hour")]
    [TestCase("2026-03-02T07:59:59.999999Z", "U3", TestName = "Until_then_it_is_the_last_of_the_order")]
    [TestCase("2026-03-09T08:00Z", "U2", TestName = "Second_person_takes_over_a_week_later")]
    [TestCase("2026-03-30T07:00Z", "U2", TestName = "Hour_of_the_hand_over_is_local_in_summer_too")]
    [TestCase("2026-03-30T06:59:59Z", "U1", TestName = "Summer_does_not_hand_over_late")]
    [TestCase("2026-02-16T08:00Z", "U2", TestName = "Weeks_before_the_first_count_backwards")]
    [TestCase("2024-03-04T12:00Z", "U2", TestName = "Years_before_the_first_count_backwards")]
    public void Weeks_go_round(string instant, string user) => Assert.That(s_plan.UserAt(Help, At(instant), s_paris), Is.EqualTo(user));

    [TestCase("2026-03-29", "2026-03-29T01:30Z", TestName = "Hand_over_in_the_gap_comes_later_by_the_gap")]
    [TestCase("2026-10-25", "2026-10-25T00:30Z", TestName = "Hand_over_at_a_time_shown_twice_is_at_the_first")]
    public void Hand_over_at_half_past_two(string sunday, string instant)
    {
        var plan = new OnCallPlan { Rota = s_mondays with { First = DateOnly.Parse(sunday), HandOverMinute = 150 } };

        var shifts = plan.Shifts(Help, At(instant).AddSeconds(-86400), At(instant).AddSeconds(86400), s_paris).ToList();

        Assert.That(shifts.Select(s => (s.User, s.From)), Is.EqualTo(new (string?, Ts)[] { ("U3", At(instant).AddSeconds(-86400)), ("U1", At(instant)) }));
    }

    [Test]
    public void Months_are_handed_over_on_the_same_day_of_each()
    {
        var plan = new OnCallPlan { Rota = s_mondays with { Period = RotaPeriod.Month, First = new DateOnly(2026, 1, 28), HandOverMinute = 0 } };

        Assert.That(plan.Shifts(Help, At("2025-12-31T00:00Z"), At("2026-04-15T00:00Z"), s_paris), Is.EqualTo(new[]
        {
            new Shift(At("2025-12-31T00:00Z"), At("2026-01-27T23:00Z"), "U3"),
            new Shift(At("2026-01-27T23:00Z"), At("2026-02-27T23:00Z"), "U1"),
            new Shift(At("2026-02-27T23:00Z"), At("2026-03-27T23:00Z"), "U2"),
            new Shift(At("2026-03-27T23:00Z"), At("2026-04-15T00:00Z"), "U3"),
        }));
    }

    [Test]
    public void Next_in_order_stands_in_for_the_local_days_of_an_absence()
    {
        var plan = s_plan with { Absences = [new("U1", new(2026, 3, 4), new(2026, 3, 5)), new("U2", new(2026, 3, 5), new(2026, 3, 5))] };

        Assert.That(plan.Shifts(Help, At("2026-03-02T08:00Z"), At("2026-03-09T08:00Z"), s_paris), Is.EqualTo(new[]
        {
            new Shift(At("2026-03-02T08:00Z"), At("2026-03-03T23:00Z"), "U1"),
            new Shift(At("2026-03-03T23:00Z"), At("2026-03-04T23:00Z"), "U2"),
            new Shift(At("2026-03-04T23:00Z"), At("2026-03-05T23:00Z"), "U3"),
            new Shift(At("2026-03-05T23:00Z"), At("2026-03-09T08:00Z"), "U1"),
        }));
    }

    [Test]
    public void Where_everybody_is_away_it_is_the_one_whose_turn_it_is()
    {
        var day = new DateOnly(2026, 3, 10);
        var plan = s_plan with { Absences = [.. s_mondays.People.Select(u => new Absence(u, day, day))] };

        Assert.That(plan.UserAt(Help, At("2026-03-10T12:00Z"), s_paris), Is.EqualTo("U2"));
    }

    [Test]
    public void Duty_added_last_wins_over_the_others_and_over_the_rota()
    {
        var plan = s_plan with
        {
            Duties = [new(At("2026-03-03T00:00Z"), At("2026-03-05T00:00Z"), "UA"), new(At("2026-03-03T00:00Z"), At("2026-03-04T00:00Z"), "UB")],
        };

        Assert.That(plan.UserAt(Help, At("2026-03-03T00:00Z"), s_paris), Is.EqualTo("UB"));
        Assert.That(plan.UserAt(Help, At("2026-03-04T00:00Z"), s_paris), Is.EqualTo("UA"));
        Assert.That(plan.UserAt(Help, At("2026-03-05T00:00Z"), s_paris), Is.EqualTo("U1"));
    }

    [Test]
    public void Topic_counts_for_its_channel_and_only_without_a_rota()
    {
        var plan = OnCallPlan.Empty.WithTopic(Help, "UT", At("2026-03-01T00:00Z"));

        Assert.That(plan.UserAt(Help, At("2026-03-03T00:00Z"), s_paris), Is.EqualTo("UT"));
        Assert.That(plan.UserAt(new ChannelId("C2"), At("2026-03-03T00:00Z"), s_paris), Is.Null);
        Assert.That((plan with { Rota = s_mondays }).UserAt(Help, At("2026-03-03T00:00Z"), s_paris), Is.EqualTo("U1"));
        Assert.That(plan.WithTopic(Help, null, At("2026-03-02T00:00Z")), Is.EqualTo(OnCallPlan.Empty));
    }

    [Test]
    public void Nobody_is_on_call_by_an_empty_plan_for_ever() => Assert.That(
        OnCallPlan.Empty.Shifts(Help, Ts.Zero, Ts.Max, s_paris), Is.EqualTo(new[] { new Shift(Ts.Zero, Ts.Max, null) }));

    [Test]
    public void Now_and_next_are_the_first_two_shifts_of_a_stretch_without_end() => Assert.That(
        s_plan.Shifts(Help, At("2026-03-05T00:00Z"), Ts.Max, s_paris).Take(2).Select(s => (s.User, s.To)),
        Is.EqualTo(new (string?, Ts)[] { ("U1", At("2026-03-09T08:00Z")), ("U2", At("2026-03-16T08:00Z")) }));

    [Test]
    public void History_without_versions_has_nobody() => Assert.That(
        new OnCallHistory().Shifts(Help, Ts.Zero, Ts.Max), Is.EqualTo(new[] { new Shift(Ts.Zero, Ts.Max, null) }));

    [Test]
    public void Plans_of_the_same_content_are_equal()
    {
        OnCallPlan Plan(params string[] people) => new()
        {
            Rota = s_mondays with { People = people },
            Absences = [new("U1", new(2026, 3, 4), new(2026, 3, 5))],
            Duties = [new(Ts.Zero, Ts.Max, "U2")],
            Topics = new Dictionary<string, string> { ["C1"] = "U3" },
        };
        var plan = Plan("U1", "U2");

        Assert.That(Plan("U1", "U2"), Is.EqualTo(plan));
        Assert.That(Plan("U1", "U2").GetHashCode(), Is.EqualTo(plan.GetHashCode()));
        Assert.That(Plan("U2", "U1"), Is.Not.EqualTo(plan));
        Assert.That(plan with { Absences = [] }, Is.Not.EqualTo(plan));
        Assert.That(plan with { Duties = [new(Ts.Zero, Ts.Max, "U1")] }, Is.Not.EqualTo(plan));
        Assert.That(plan with { Topics = new Dictionary<string, string> { ["C1"] = "U1" } }, Is.Not.EqualTo(plan));
        Assert.That(plan with { Topics = new Dictionary<string, string> { ["C2"] = "U3" } }, Is.Not.EqualTo(plan));
    }

    private static Ts At(string instant) => Ts.From(DateTimeOffset.Parse(instant));
}
