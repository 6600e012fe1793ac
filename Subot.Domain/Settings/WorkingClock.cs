namespace Subot.Domain.Settings;

/// <summary>
/// The working clock of a calendar: how much working time has passed at an instant. Elapsed working time between two instants is the
/// difference. Slots are real stretches of time, built per local day: an ambiguous bound (clock turned back) is its first instant, one
/// that the clock jumps over moves forward by the jump.
/// </summary>
public sealed class WorkingClock
{
    // Slack opened in 2013: no message is older.
    private static readonly DateOnly s_firstDay = new(2013, 1, 1);

    private const long Minute = 60 * Ts.Second;

    private readonly WorkingHours _hours;
    private readonly TimeZoneInfo _zone;
    private readonly Lock _growing = new();
    private volatile Table _table;

    /// <summary>The clock of these hours in this zone.</summary>
    public WorkingClock(WorkingHours hours, TimeZoneInfo zone)
    {
        _hours = hours;
        _zone = zone;
        _table = Table.Empty(s_firstDay, Instant(s_firstDay, 0));
    }

    /// <summary>Working microseconds from 2013 until the instant; a whole number of seconds at every whole second.</summary>
    public long At(Ts instant)
    {
        var table = Until(instant);
        var slot = Array.BinarySearch(table.Starts, instant.Micros);
        if (slot < 0)
            slot = ~slot - 1;
        return slot < 0 ? 0 : table.Before[slot] + Math.Min(instant.Micros, table.Ends[slot]) - table.Starts[slot];
    }

    /// <summary>Working microseconds in [from, to).</summary>
    public long Elapsed(Ts from, Ts to) => At(to) - At(from);

    /// <summary>The parts of [from, to) in which somebody works: what <see cref="Elapsed"/> adds up.</summary>
    public IEnumerable<(Ts From, Ts To)> Worked(Ts from, Ts to)
    {
        var table = Until(to);
        var slot = Array.BinarySearch(table.Ends, from.Micros);
        for (slot = slot < 0 ? ~slot : slot + 1; slot < table.Starts.Length && table.Starts[slot] < to.Micros; slot++)
            yield return (new Ts(Math.Max(from.Micros, table.Starts[slot])), new Ts(Math.Min(to.Micros, table.Ends[slot])));
    }

    /// <summary>The first instant at which <paramref name="micros"/> of working time have passed since <paramref name="from"/>.</summary>
    public Ts Add(Ts from, long micros)
    {
        if (micros <= 0)
            return from;

        var target = At(from) + micros;
        var table = Until(from);
        while (table.Total < target)
        {
            // A calendar that never opens again has no such instant.
            if (table.Day.Year > from.ToDateTimeOffset().Year + 20)
                return Ts.Max;
            table = Grow(table.Day.AddYears(1));
        }

        var slot = Array.BinarySearch(table.Before, target);
        slot = (slot < 0 ? ~slot : slot) - 1;
        return new Ts(table.Starts[slot] + target - table.Before[slot]);
    }

    /// <summary>
    /// The first instant at or after this one at which somebody works; <see cref="Ts.Max"/> if there is none within 20 years. The end of a
    /// slot is not worked.
    /// </summary>
    public Ts NextOpening(Ts instant)
    {
        if (instant == Ts.Max)
            return instant;

        var table = Until(instant);
        while (table.Ends.Length == 0 || table.Ends[^1] <= instant.Micros)
        {
            if (table.Day.Year > instant.ToDateTimeOffset().Year + 20)
                return Ts.Max;
            table = Grow(table.Day.AddYears(1));
        }

        // Slots neither overlap nor come in disorder: the first that ends later is the one that runs, or the next.
        var slot = Array.BinarySearch(table.Ends, instant.Micros);
        slot = slot < 0 ? ~slot : slot + 1;
        return new Ts(Math.Max(instant.Micros, table.Starts[slot]));
    }

    /// <summary>The first instant of a local day at which somebody works; null on a day off.</summary>
    public Ts? FirstOpeningOn(DateOnly day)
    {
        var opening = NextOpening(LocalDay.Start(day, _zone));
        return opening < LocalDay.Start(day.AddDays(1), _zone) ? opening : null;
    }

    /// <summary>
    /// The first instant after an instant's local day at which somebody works; <see cref="Ts.Max"/> if there is none within 20 years.
    /// </summary>
    public Ts OpeningAfterDayOf(Ts instant)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), _zone).DateTime);
        return NextOpening(LocalDay.Start(today.AddDays(1), _zone));
    }

    private Table Until(Ts instant)
    {
        var table = _table;
        return instant.Micros < table.End ? table : Grow(DateOnly.FromDateTime(instant.ToDateTimeOffset().UtcDateTime).AddYears(1));
    }

    private Table Grow(DateOnly until)
    {
        lock (_growing)
        {
            if (_table.Day < until)
                _table = Extended(_table, until);
            return _table;
        }
    }

    private Table Extended(Table table, DateOnly until)
    {
        var starts = new List<long>(table.Starts);
        var ends = new List<long>(table.Ends);
        var before = new List<long>(table.Before);
        var total = table.Total;
        for (var day = table.Day; day < until; day = day.AddDays(1))
        {
            var (slotStarts, slotEnds) = Bounds(day, _hours.On(day));
            for (var i = 0; i < slotStarts.Length; i++)
            {
                var start = ends.Count == 0 ? slotStarts[i] : Math.Max(slotStarts[i], ends[^1]);
                if (slotEnds[i] <= start)
                    continue;
                starts.Add(start);
                ends.Add(slotEnds[i]);
                before.Add(total);
                total += slotEnds[i] - start;
            }
        }

        return new Table(until, Instant(until, 0), [.. starts], [.. ends], [.. before], total);
    }

    /// <summary>When the slots of a day begin and end, in the order of their starts.</summary>
    private (long[] Starts, long[] Ends) Bounds(DateOnly day, IReadOnlyList<Slot> slots)
    {
        var (starts, ends) = (new long[slots.Count], new long[slots.Count]);
        if (slots.Count == 0)
            return (starts, ends);

        // On nearly every day no clock is turned: asking the zone for each bound would be most of the work of thousands of days.
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        var offset = _zone.GetUtcOffset(noon.AddDays(-1));
        var steady = offset == _zone.GetUtcOffset(noon.AddDays(1));
        var midnight = (noon.AddHours(-12).Ticks - offset.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = steady ? midnight + (slots[i].Start * Minute) : Instant(day, slots[i].Start);
            ends[i] = steady ? midnight + (slots[i].End * Minute) : Instant(day, slots[i].End);
        }

        // Bounds that move out of a gap may pass those of the next slot: an instant still counts once.
        if (!steady)
            Array.Sort(starts, ends);
        return (starts, ends);
    }

    private long Instant(DateOnly day, int minutes) => LocalDay.At(day, minutes, _zone).Micros;

    /// <summary>
    /// The slots built so far, in microseconds; <paramref name="End"/> is the instant at which <paramref name="Day"/> begins.
    /// </summary>
    private sealed record Table(DateOnly Day, long End, long[] Starts, long[] Ends, long[] Before, long Total)
    {
        public static Table Empty(DateOnly day, long end) => new(day, end, [], [], [], 0);
    }
}
