using Subot.Domain;
using Subot.Domain.OnCall;

namespace Subot.Tests.Domain.OnCall;

/// <summary>
/// Who is on call, the slow way: hand-overs are found by going through the days of a calendar and searching the instants of each for the
/// time on the clock; who is away, by looking at the date that the clock shows.
/// </summary>
public sealed class NaiveOnCall
{
    private readonly OnCallPlan _plan;
    private readonly TimeZoneInfo _zone;
    private readonly List<(DateTimeOffset At, int Turn)> _handOvers = [];

    /// <summary>Knows the hand-overs from two months before an instant until two after another.</summary>
    public NaiveOnCall(OnCallPlan plan, TimeZoneInfo zone, Ts from, Ts to)
    {
        (_plan, _zone) = (plan, zone);
        if (plan.Rota is not { } rota)
            return;

        var begin = DateOnly.FromDateTime(from.ToDateTimeOffset().UtcDateTime).AddDays(-62);
        var end = DateOnly.FromDateTime(to.ToDateTimeOffset().UtcDateTime).AddDays(62);
        var turn = 0;
        for (var day = rota.First; day <= end; day = day.AddDays(1))
        {
            if (IsHandOver(rota, day))
                Note(day, turn++);
        }

        turn = -1;
        for (var day = rota.First.AddDays(-1); day >= begin; day = day.AddDays(-1))
        {
            if (IsHandOver(rota, day))
                Note(day, turn--);
        }

        _handOvers.Sort();

        void Note(DateOnly day, int turn)
        {
            if (begin <= day && day <= end)
                _handOvers.Add((FirstInstant(day, rota.HandOverMinute, zone), turn));
        }
    }

    /// <summary>The number of the turn that runs at an instant.</summary>
    public int Turn(Ts instant) => _handOvers.Last(h => h.At <= instant.ToDateTimeOffset()).Turn;

    /// <summary>When the next turn begins.</summary>
    public Ts NextHandOver(Ts instant) => Ts.From(_handOvers.First(h => h.At > instant.ToDateTimeOffset()).At);

    public string? UserAt(ChannelId channel, Ts instant)
    {
        if (_plan.Duties.LastOrDefault(d => d.From <= instant && d.To > instant) is { } duty)
            return duty.User;
        if (_plan.Rota is not { } rota)
            return _plan.Topics.TryGetValue(channel.Value, out var named) ? named : null;

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), _zone).DateTime);
        var own = Turn(instant);
        for (var turn = own; turn < own + rota.People.Count; turn++)
        {
            var user = Person(rota, turn);
            if (!_plan.Absences.Any(a => a.User == user && a.From <= today && today <= a.To))
                return user;
        }

        return Person(rota, own);
    }

    /// <summary>Goes round the people one by one, in either direction.</summary>
    private static string Person(Rota rota, int turn)
    {
        var place = 0;
        for (var i = 0; i < Math.Abs(turn); i++)
            place = turn > 0 ? (place + 1 == rota.People.Count ? 0 : place + 1) : (place == 0 ? rota.People.Count - 1 : place - 1);
        return rota.People[place];
    }

    private static bool IsHandOver(Rota rota, DateOnly day) =>
        rota.Period == RotaPeriod.Week ? day.DayOfWeek == rota.First.DayOfWeek : day.Day == rota.First.Day;

    /// <summary>
    /// The first minute that shows this local time; if the clock jumps over it, the one as far behind the jump as it is within.
    /// </summary>
    private static DateTimeOffset FirstInstant(DateOnly day, int minutes, TimeZoneInfo zone)
    {
        var wanted = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);
        var search = new DateTimeOffset(wanted.AddHours(-16), TimeSpan.Zero);
        DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        while (Local(search.AddHours(1)) < wanted)
            search = search.AddHours(1);
        while (Local(search) < wanted)
            search = search.AddMinutes(1);
        var before = search.AddMinutes(-1);
        return Local(search) == wanted ? search : before + (wanted - Local(before));
    }
}
