using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Tests.Domain.Properties;
using static Subot.Tests.Domain.OnCall.PlanCase;
using static Subot.Tests.Domain.Properties.Histories;

namespace Subot.Tests.Domain.OnCall;

/// <summary>Plans of every sort against the slow way of answering.</summary>
public sealed class OnCallProperties
{
    [Test]
    public void Every_minute_has_the_person_that_a_look_at_the_calendar_tells() => Prop.ForAll(OverDays.ToArbitrary(), c =>
    {
        var naive = new NaiveOnCall(c.Plan, c.Zone, c.From, c.To);
        var shifts = c.Plan.Shifts(Help, c.From, c.To, c.Zone).ToList();
        for (var at = c.From; at < c.To; at = at.AddSeconds(60))
        {
            var expected = naive.UserAt(Help, at);
            DifferenceException.Unless(expected, c.Plan.UserAt(Help, at, c.Zone), $"at {at.ToDateTimeOffset():u}");
            DifferenceException.Unless(expected, shifts.Single(s => s.From <= at && at < s.To).User, $"shift at {at.ToDateTimeOffset():u}");
        }
    }).Check(Runs(200));

    [Test]
    public void Shifts_follow_each_other_without_a_gap_and_each_change_is_to_the_microsecond() => Prop.ForAll(OverWeeks.ToArbitrary(), c =>
    {
        var naive = new NaiveOnCall(c.Plan, c.Zone, c.From, c.To);
        var shifts = c.Plan.Shifts(Help, c.From, c.To, c.Zone).ToList();

        DifferenceException.Unless(c.From, shifts[0].From, "begin");
        DifferenceException.Unless(c.To, shifts[^1].To, "end");
        foreach (var shift in shifts)
        {
            DifferenceException.Unless(naive.UserAt(Help, shift.From), shift.User, $"first of {shift}");
            DifferenceException.Unless(naive.UserAt(Help, new Ts(shift.To.Micros - 1)), shift.User, $"last of {shift}");
        }

        for (var i = 1; i < shifts.Count; i++)
        {
            DifferenceException.Unless(shifts[i - 1].To, shifts[i].From, "no gap");
            DifferenceException.Unless(true, shifts[i - 1].User != shifts[i].User, "somebody else");
        }

        for (var at = c.From; at < c.To; at = at.AddSeconds(3 * 15 * 60))
            DifferenceException.Unless(naive.UserAt(Help, at), shifts.Single(s => s.From <= at && at < s.To).User, $"{at.ToDateTimeOffset():u}");
    }).Check(Runs(200));

    [Test]
    public void Next_hand_over_is_the_next_of_the_calendar() => Prop.ForAll(OverWeeks.ToArbitrary(), c =>
    {
        if (c.Plan.Rota is { } rota)
            DifferenceException.Unless(new NaiveOnCall(c.Plan, c.Zone, c.From, c.To).NextHandOver(c.From), rota.NextHandOver(c.From, c.Zone), "next");
    }).Check(Runs(500));

    [Test]
    public void New_rota_begins_with_its_first_person_and_keeps_the_day_and_the_time() => Prop.ForAll(OverWeeks.ToArbitrary(), c =>
    {
        if (c.Plan.Rota is not { } old)
            return;

        var rota = old.Period == RotaPeriod.Week
            ? Rota.Weekly((DayOfWeek)old.HandOverDay, old.HandOverMinute, old.People, c.From, c.Zone)
            : Rota.Monthly(old.HandOverDay, old.HandOverMinute, old.People, c.From, c.Zone);

        DifferenceException.Unless(0, rota.PeriodAt(c.From, c.Zone), "period");
        DifferenceException.Unless(old.NextHandOver(c.From, c.Zone), rota.NextHandOver(c.From, c.Zone), "next hand-over");
    }).Check(Runs(500));

    [Test]
    public void What_ended_may_be_forgotten_without_changing_an_answer_from_then_on() => Prop.ForAll(OverWeeks.ToArbitrary(), c =>
    {
        var pruned = c.Plan.WithoutWhatEndedBy(c.From, c.Zone);

        DifferenceException.Unless(
            string.Join('\n', c.Plan.Shifts(Help, c.From, c.To, c.Zone)),
            string.Join('\n', pruned.Shifts(Help, c.From, c.To, c.Zone)),
            "shifts");
        DifferenceException.Unless(0, pruned.Duties.Count(d => d.To <= c.From) + pruned.Absences.Count(a => a.End(c.Zone) <= c.From), "left over");
    }).Check(Runs(300));

    [Test]
    public void Later_version_never_rewrites_the_past() => Prop.ForAll(s_histories.ToArbitrary(), h =>
    {
        var longer = new OnCallHistory([.. h.Versions, h.Added]);
        var shorter = new OnCallHistory(h.Versions);
        var from = new Ts(h.Versions[0].ValidFrom.Micros - 40 * Quarter);

        DifferenceException.Unless(
            string.Join('\n', shorter.Shifts(Help, from, h.Added.ValidFrom)),
            string.Join('\n', longer.Shifts(Help, from, h.Added.ValidFrom)),
            "shifts before");
        for (var at = from; at < h.Added.ValidFrom; at = new Ts(at.Micros + 3 * Quarter))
            DifferenceException.Unless(shorter.UserAt(Help, at), longer.UserAt(Help, at), $"{at.ToDateTimeOffset():u}");
        DifferenceException.Unless(h.Added.Plan.UserAt(Help, h.Added.ValidFrom, h.Added.Zone), longer.UserAt(Help, h.Added.ValidFrom), "from then on");
    }).Check(Runs(300));

    [Test]
    public void Shifts_over_versions_are_those_of_the_version_valid_at_each_instant() => Prop.ForAll(s_histories.ToArbitrary(), h =>
    {
        var history = new OnCallHistory([.. h.Versions, h.Added]);
        var from = new Ts(h.Versions[0].ValidFrom.Micros - 40 * Quarter);
        var to = new Ts(h.Added.ValidFrom.Micros + 200 * Quarter);
        var shifts = history.Shifts(Help, from, to).ToList();
        var naive = h.Versions.Append(h.Added).Select(v => new NaiveOnCall(v.Plan, v.Zone, from, to)).ToList();

        for (var at = from; at < to; at = new Ts(at.Micros + Quarter))
        {
            var valid = h.Versions.Append(h.Added).ToList().FindLastIndex(v => v.ValidFrom <= at);
            var expected = naive[Math.Max(valid, 0)].UserAt(Help, at);
            DifferenceException.Unless(expected, shifts.Single(s => s.From <= at && at < s.To).User, $"shift at {at.ToDateTimeOffset():u}");
            DifferenceException.Unless(expected, history.UserAt(Help, at), $"at {at.ToDateTimeOffset():u}");
        }

        DifferenceException.Unless(false, shifts.Zip(shifts.Skip(1)).Any(p => p.First.User == p.Second.User), "two shifts of one person");
    }).Check(Runs(150));

    private static readonly Gen<(List<OnCallVersion> Versions, OnCallVersion Added)> s_histories =
        from first in OverWeeks
        from plans in OverWeeks.ListOf(3)
        from waits in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 600))).ListOf(4)
        let starts = waits.Aggregate(new List<Ts> { first.From }, (list, w) => [.. list, new Ts(list[^1].Micros + w * Quarter)])
        let versions = plans.Prepend(first).Select((p, i) => new OnCallVersion(starts[i], p.Plan, p.Zone)).ToList()
        select (versions.Take(3).ToList(), versions[3]);
}
