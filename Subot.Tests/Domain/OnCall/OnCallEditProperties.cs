using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Tests.Domain.Properties;
using static Subot.Tests.Domain.OnCall.PlanCase;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.OnCall;

/// <summary>What edits change, and that they change nothing else.</summary>
public sealed class OnCallEditProperties
{
    [Test]
    public void Who_is_set_is_on_duty_until_the_next_hand_over_and_nothing_else_changes() => Prop.ForAll(ByWeek.ToArbitrary(), c =>
    {
        var plan = c.Plan with { Duties = [.. c.Plan.Duties.Where(d => d.To < Ts.Max)] };
        var naive = new NaiveOnCall(plan, c.Zone, c.From, c.To);
        var end = naive.NextHandOver(c.From);
        var edited = plan.Set("UX", c.From, c.Zone);

        for (var at = c.Later(-100); at < c.To; at = new Ts(at.Micros + 2 * Quarter))
        {
            var expected = c.From <= at && at < end ? "UX" : naive.UserAt(Help, at);
            DifferenceException.Unless(expected, edited.UserAt(Help, at, c.Zone), $"{at.ToDateTimeOffset():u}");
        }
    }).Check(Runs(200));

    [Test]
    public void Swap_exchanges_the_next_turns_of_two_people_and_nothing_else()
    {
        var swaps = 0;
        Prop.ForAll(ByWeek.ToArbitrary(), c =>
        {
            if (c.Plan.Rota!.People.Count < 2)
                return;

            var (one, other) = (c.Plan.Rota.People[0], c.Plan.Rota.People[1]);
            var end = c.Later(10 * 7 * 96);
            var naive = new NaiveOnCall(c.Plan, c.Zone, c.From, end);
            if (c.Plan.Swap(one, other, c.From, c.Zone).Plan is not { } edited)
                return;

            swaps++;
            var (ofOne, ofOther) = (NextTurn(naive, one, c.From, end), NextTurn(naive, other, c.From, end));
            for (var at = c.Later(-100); at < end; at = new Ts(at.Micros + Quarter))
            {
                var expected = ofOne.Contains(at) ? other : ofOther.Contains(at) ? one : naive.UserAt(Help, at);
                DifferenceException.Unless(expected, edited.UserAt(Help, at, c.Zone), $"{at.ToDateTimeOffset():u}");
            }
        }).Check(Runs(200));

        // Otherwise the property would hold of nothing.
        Assert.That(swaps, Is.GreaterThan(50));
    }

    [Test]
    public void Swapping_twice_is_as_if_nobody_had_swapped() => Prop.ForAll(ByWeek.ToArbitrary(), c =>
    {
        if (c.Plan.Rota!.People.Count < 2)
            return;

        var (one, other) = (c.Plan.Rota.People[0], c.Plan.Rota.People[1]);
        var plan = new OnCallPlan { Rota = c.Plan.Rota };
        var back = plan.Swap(one, other, c.From, c.Zone).Plan!.Swap(one, other, c.From, c.Zone).Plan!;

        DifferenceException.Unless(
            string.Join('\n', plan.Shifts(Help, c.From, c.To, c.Zone)),
            string.Join('\n', back.Shifts(Help, c.From, c.To, c.Zone)),
            "shifts");
    }).Check(Runs(300));

    /// <summary>The quarters of an hour of the first turn, found by going through them.</summary>
    private static HashSet<Ts> NextTurn(NaiveOnCall naive, string user, Ts from, Ts end)
    {
        var at = from;
        while (at < end && naive.UserAt(Help, at) != user)
            at = new Ts(at.Micros + Quarter);
        var turn = naive.Turn(at);
        var quarters = new HashSet<Ts>();
        for (; naive.UserAt(Help, at) == user && naive.Turn(at) == turn; at = new Ts(at.Micros + Quarter))
            quarters.Add(at);
        return quarters;
    }
}
