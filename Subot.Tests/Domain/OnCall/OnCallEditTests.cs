using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.OnCall;
using static Subot.Tests.Domain.OnCall.PlanCase;

namespace Subot.Tests.Domain.OnCall;

/// <summary>Edits of a plan, by examples; days in UTC.</summary>
public sealed class OnCallEditTests
{
    private static readonly Rota s_mondays = new()
    {
        Period = RotaPeriod.Week,
        People = ["U1", "U2", "U3"],
        First = new DateOnly(2026, 3, 2),
        HandOverMinute = 9 * 60,
    };

    private static readonly OnCallPlan s_plan = new() { Rota = s_mondays };

    [Test]
    public void Without_a_rota_who_is_set_stays_until_somebody_else_is()
    {
        var plan = OnCallPlan.Empty.Set("UA", March(3), TimeZoneInfo.Utc).Set("UB", March(20), TimeZoneInfo.Utc);

        Assert.That(plan.Duties, Is.EqualTo(new Duty[] { new(March(3), March(20), "UA"), new(March(20), Ts.Max, "UB") }));
    }

    [Test]
    public void New_rota_replaces_who_was_set_and_the_swaps_of_the_one_before()
    {
        var swap = new Duty(March(1), March(30), "UB");
        var plan = (OnCallPlan.Empty with { Duties = [swap] }).Set("UA", March(3), TimeZoneInfo.Utc).WithRota(s_mondays, Team, March(10)).Plan!;

        Assert.That(plan.Duties, Is.EqualTo(new Duty[] { swap with { To = March(10) }, new(March(3), March(10), "UA") }));
        Assert.That(plan.Rota, Is.EqualTo(s_mondays));
    }

    [Test]
    public void Topic_that_names_somebody_replaces_who_was_set_without_an_end()
    {
        var plan = OnCallPlan.Empty.Set("UA", March(3), TimeZoneInfo.Utc).WithTopic(Help, "UT", March(5));

        Assert.That(plan.UserAt(Help, March(4), TimeZoneInfo.Utc), Is.EqualTo("UA"));
        Assert.That(plan.UserAt(Help, March(5), TimeZoneInfo.Utc), Is.EqualTo("UT"));
    }

    [Test]
    public void Swap_gives_the_rest_of_the_running_turn_for_the_whole_next_one()
    {
        var plan = s_plan.Swap("U1", "U3", March(4), TimeZoneInfo.Utc).Plan!;

        Assert.That(plan.Shifts(Help, March(3), March(30, 9), TimeZoneInfo.Utc).Select(s => (s.User, s.From)), Is.EqualTo(new (string?, Ts)[]
        {
            ("U1", March(3)), ("U3", March(4)), ("U2", March(9, 9)), ("U1", March(16, 9)),
        }));
    }

    [Test]
    public void Absence_is_added_once_and_taken_back()
    {
        var absence = new Absence("U1", new(2026, 3, 4), new(2026, 3, 5));
        var away = s_plan.WithAbsence(absence).Plan!;

        Assert.That(away.Absences, Is.EqualTo(new[] { absence }));
        Assert.That(away.WithAbsence(absence).Plan, Is.EqualTo(away));
        Assert.That(away.WithoutAbsence(absence).Plan, Is.EqualTo(s_plan));
    }

    [Test]
    public void Rota_is_refused_with_everything_that_is_wrong_with_it() => Assert.That(
        Sentences(s_plan.WithRota(s_mondays with { People = ["U1", "U9", "U1"], HandOverMinute = 1440 }, Team, March(1))), Is.EqualTo(
            "<@U1> is in the rota twice; name each person once.\n" +
            "<@U9> is not in the team; only members of the team can be in the rota.\n" +
            "The time of the hand-over must be from 00:00 to 23:59."));

    [Test]
    public void Rota_of_nobody_is_refused() => Assert.That(
        Sentences(s_plan.WithRota(s_mondays with { People = [] }, Team, March(1))), Is.EqualTo("A rota needs at least one person."));

    [TestCase(0)]
    [TestCase(29)]
    [TestCase(99)]
    public void Day_that_not_every_month_has_is_refused(int day) => Assert.That(
        Sentences(s_plan.WithRota(Rota.Monthly(day, 0, ["U1"], March(1), TimeZoneInfo.Utc), Team, March(1))),
        Is.EqualTo("A rota by month is handed over on a day from 1 to 28, for every month has those."));

    [Test]
    public void Last_day_that_every_month_has_is_taken() =>
        Assert.That(s_plan.WithRota(Rota.Monthly(28, 0, ["U1"], March(1), TimeZoneInfo.Utc), Team, March(1)).Problems, Is.Empty);

    [Test]
    public void Rota_is_taken_away_again() => Assert.That(s_plan.WithRota(null, Team, March(1)).Plan, Is.EqualTo(OnCallPlan.Empty));

    [Test]
    public void Absence_that_ends_before_it_begins_is_refused() => Assert.That(
        Sentences(s_plan.WithAbsence(new("U1", new(2026, 3, 5), new(2026, 3, 4)))),
        Is.EqualTo("The absence of <@U1> ends before it begins; name the first day, then the last."));

    [Test]
    public void Absence_that_nobody_named_cannot_be_taken_back() => Assert.That(
        Sentences(s_plan.WithoutAbsence(new("U1", new(2026, 3, 4), new(2026, 3, 4)))), Is.EqualTo("<@U1> has no such absence."));

    [TestCase("U1", "U1", "<@U1> cannot swap with the same person; name two people.")]
    [TestCase("U1", "U4", "<@U4> is not in the rota, so there is no turn to swap.")]
    public void Swap_of_wrong_people_is_refused(string one, string other, string sentence) =>
        Assert.That(Sentences(s_plan.Swap(one, other, March(4), TimeZoneInfo.Utc)), Is.EqualTo(sentence));

    [Test]
    public void Swap_without_a_rota_is_refused() => Assert.That(
        Sentences(OnCallPlan.Empty.Swap("U1", "U2", March(4), TimeZoneInfo.Utc)),
        Is.EqualTo("There is no rota, so there are no turns to swap; set up a rota first."));

    [Test]
    public void Swap_that_brings_a_turn_to_somebody_who_is_away_then_is_refused() => Assert.That(
        Sentences((s_plan with { Absences = [new("U1", new(2026, 3, 15), new(2026, 3, 15))] }).Swap("U1", "U2", March(4), TimeZoneInfo.Utc)),
        Is.EqualTo("<@U1> is away during the turn that the swap would bring."));

    [Test]
    public void Swap_with_somebody_who_is_away_for_two_rounds_is_refused() => Assert.That(
        Sentences((s_plan with { Absences = [new("U2", new(2026, 3, 1), new(2026, 12, 31))] }).Swap("U1", "U2", March(4), TimeZoneInfo.Utc)),
        Is.EqualTo("<@U2> has no turn within the next two rounds of the rota."));

    private static string Sentences(PlanEdit edit)
    {
        Assert.That(edit.Plan, Is.Null);
        return string.Join('\n', edit.Problems);
    }

    private static Ts March(int day, int hour = 0) => Ts.From(new DateTimeOffset(2026, 3, day, hour, 0, 0, TimeSpan.Zero));
}
