namespace Subot.Domain.Numbers;

/// <summary>
/// The busiest hours: requests per local hour of the week, divided by how often that hour really occurred in the period up to now. An hour
/// that the clock jumps over did not occur, one that it shows twice occurred twice; one that has begun counts whole.
/// </summary>
public static class BusiestHours
{
    private const long Hour = 3600 * Ts.Second;
    private const long Day = 24 * Hour;
    private const int HoursOfWeek = 168;

    // 1970 began on a Thursday.
    private const int FirstHour = 3 * 24;

    /// <summary>Requests per occurrence of each hour of the week, Monday 0:00 first; null of an hour that did not occur.</summary>
    /// <param name="requests"><see cref="TeamNumbers.RequestsByHourOfWeek"/> of the period.</param>
    /// <param name="from">The start of the period; of one without a start, the first request.</param>
    /// <param name="to">Its end.</param>
    /// <param name="asOf">Now: later hours have not occurred.</param>
    /// <param name="zone">The zone by whose hours the requests were counted.</param>
    public static IReadOnlyList<double?> Of(IReadOnlyList<long> requests, Ts from, Ts to, Ts asOf, TimeZoneInfo zone)
    {
        var occurrences = Occurrences(from, to < asOf ? to : asOf, zone);
        return [.. requests.Zip(occurrences, (n, times) => times == 0 ? null : (double?)n / times)];
    }

    /// <summary>How often each local hour of the week began in [from, to), or was going on at its start.</summary>
    public static IReadOnlyList<long> Occurrences(Ts from, Ts to, TimeZoneInfo zone)
    {
        var counts = new long[HoursOfWeek];
        // From one change of the clock to the next local hours follow one another like any others.
        for (var at = from.Micros; at < to.Micros;)
        {
            var offset = OffsetAt(at, zone);
            var end = NextChange(at, to.Micros, offset, zone);
            Count(counts, FloorHours(at + offset), FloorHours(end + offset - 1) + 1);
            at = end;
        }

        return counts;
    }

    private static void Count(long[] counts, long first, long end)
    {
        var (weeks, rest) = Math.DivRem(end - first, HoursOfWeek);
        for (var i = 0; i < HoursOfWeek; i++)
            counts[(first + FirstHour + i) % HoursOfWeek] += weeks + (i < rest ? 1 : 0);
    }

    /// <summary>The first instant, to the microsecond, at which the offset is another; no later than the end.</summary>
    private static long NextChange(long at, long end, long offset, TimeZoneInfo zone)
    {
        var same = at;
        while (same + Day < end && OffsetAt(same + Day, zone) == offset)
            same += Day;
        var other = Math.Min(same + Day, end);
        if (OffsetAt(other, zone) == offset)
            return end;
        while (other - same > 1)
        {
            var middle = (same + other) / 2;
            if (OffsetAt(middle, zone) == offset)
                same = middle;
            else
                other = middle;
        }

        return other;
    }

    private static long OffsetAt(long at, TimeZoneInfo zone) =>
        zone.GetUtcOffset(new Ts(at).ToDateTimeOffset()).Ticks / TimeSpan.TicksPerMicrosecond;

    // A week is added for what lies before 1970 in its zone: hours are told by their place in the week alone.
    private static long FloorHours(long micros) => (micros + (HoursOfWeek * Hour)) / Hour;
}
