using Subot.Domain.Settings;

namespace Subot.Domain.OnCall;

/// <summary>A person who is away on local days, the first and the last of them included.</summary>
/// <param name="User">User id.</param>
public sealed record Absence(string User, DateOnly From, DateOnly To)
{
    // What lasts longer lasts for good; dates after it have no instant.
    private static readonly DateOnly s_lastDay = new(2285, 1, 1);

    /// <summary>The instant at which the first day begins.</summary>
    public Ts Start(TimeZoneInfo zone) => LocalDay.Start(From, zone);

    /// <summary>The instant at which the last day is over.</summary>
    public Ts End(TimeZoneInfo zone) => To >= s_lastDay ? Ts.Max : LocalDay.Start(To.AddDays(1), zone);
}

/// <summary>A stretch [From, To) for which somebody was set or swapped, whatever the rota says.</summary>
/// <param name="To"><see cref="Ts.Max"/>: until somebody else is named.</param>
/// <param name="User">User id.</param>
public sealed record Duty(Ts From, Ts To, string User);

/// <summary>A stretch [From, To) for which one person is on call.</summary>
/// <param name="User">User id; null: nobody.</param>
public sealed record Shift(Ts From, Ts To, string? User)
{
    /// <summary>Joins shifts of one person that follow each other without a gap.</summary>
    internal static IEnumerable<Shift> Merged(IEnumerable<Shift> shifts)
    {
        Shift? last = null;
        foreach (var shift in shifts)
        {
            if (last is not null && last.User == shift.User && last.To == shift.From)
            {
                last = last with { To = shift.To };
                continue;
            }

            if (last is not null)
                yield return last;
            last = shift;
        }

        if (last is not null)
            yield return last;
    }
}
