using Subot.Domain.Settings;

namespace Subot.Domain.Reminders;

/// <summary>
/// When a silence is reminded of. The k-th reminder is due when it has lasted k times <paramref name="AfterSeconds"/>. A snooze leaves
/// alone what was due by then: the next one is due when work begins on the first later local day that is worked at all ('tomorrow'), or
/// when it would have been if that is later, and those after it each <paramref name="AfterSeconds"/> later.
/// </summary>
/// <param name="AfterSeconds">Working seconds, more than 0.</param>
/// <param name="Limit">How many reminders one silence has at most.</param>
public sealed record ReminderRule(long AfterSeconds, int Limit)
{
    /// <summary>When each reminder of a silence is due, the first one first; <see cref="Ts.Max"/>: never.</summary>
    public IReadOnlyList<Ts> DueTimes(Silence silence, WorkingClock clock)
    {
        var due = new Ts[Math.Max(Limit, 0)];
        for (var i = 0; i < due.Length; i++)
            due[i] = Due(silence.Since, i + 1, clock);

        foreach (var snooze in silence.Snoozes.Where(s => s >= silence.Since))
        {
            var next = due.Count(d => d <= snooze);
            if (next == due.Length)
                continue;
            var tomorrow = clock.OpeningAfterDayOf(snooze);
            var from = due[next] > tomorrow ? due[next] : tomorrow;
            for (var i = next; i < due.Length; i++)
                due[i] = Due(from, i - next, clock);
        }

        return due;
    }

    /// <summary>How many reminders of a silence are due by an instant, that instant included: 0 to <see cref="Limit"/>.</summary>
    public int DueUntil(Silence silence, WorkingClock clock, Ts instant) => DueTimes(silence, clock).Count(d => d <= instant && d < Ts.Max);

    /// <summary>When a reminder of a silence is due; <see cref="Ts.Max"/>: never.</summary>
    /// <param name="number">1 to <see cref="Limit"/>.</param>
    public Ts DueAt(Silence silence, WorkingClock clock, int number) => DueTimes(silence, clock)[number - 1];

    /// <summary>When the first reminder after an instant is due; null if there is none any more.</summary>
    public Ts? NextAfter(Silence silence, WorkingClock clock, Ts now)
    {
        foreach (var due in DueTimes(silence, clock))
        {
            if (due > now && due < Ts.Max)
                return due;
        }

        return null;
    }

    /// <summary>
    /// The only place that says when working time is up: if that is at the end of a slot nobody is there to be reminded, so it is due when
    /// work goes on.
    /// </summary>
    private Ts Due(Ts from, int times, WorkingClock clock)
    {
        // No calendar reaches as far as a length that does not fit.
        var micros = (Int128)times * AfterSeconds * Ts.Second;
        return from == Ts.Max || micros > long.MaxValue / 2 ? Ts.Max : clock.NextOpening(clock.Add(from, (long)micros));
    }
}
