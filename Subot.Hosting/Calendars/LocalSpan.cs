using Ical.Net.DataTypes;
using Subot.Domain.Settings;

namespace Subot.Hosting.Calendars;

/// <summary>
/// One occurrence of an event as a clock on the wall shows it. A time in a zone of its own is taken as it is written: a holiday is the date
/// that somebody wrote, wherever that was. Only UTC is nobody's wall, and becomes the team's.
/// </summary>
internal sealed class LocalSpan
{
    private readonly DateTime _start;
    private readonly DateTime _end;

    public LocalSpan(Period period, TimeZoneInfo zone)
    {
        _start = Local(period.StartTime, zone);
        var end = period.EffectiveEndTime is { } written ? Local(written, zone) : _start;
        // A date alone lasts its day, also where the end is left out or, against the standard, written as the same date.
        _end = end > _start ? end : period.StartTime.HasTime ? _start : _start.AddDays(1);
    }

    /// <summary>The local days that it touches.</summary>
    public IEnumerable<DateOnly> Days
    {
        get
        {
            var last = DateOnly.FromDateTime(_end > _start ? _end.AddTicks(-1) : _end);
            for (var day = DateOnly.FromDateTime(_start); day <= last; day = day.AddDays(1))
                yield return day;
        }
    }

    /// <summary>Whether it covers all working hours of a day.</summary>
    public bool Covers(WorkingHours hours) => Days.Any(day =>
        hours.On(day) is { Count: > 0 } slots
        && _start <= day.ToDateTime(TimeOnly.MinValue).AddMinutes(slots[0].Start)
        && _end >= day.ToDateTime(TimeOnly.MinValue).AddMinutes(slots[^1].End));

    private static DateTime Local(CalDateTime time, TimeZoneInfo zone) => time is { HasTime: true, IsUtc: true }
        ? TimeZoneInfo.ConvertTime(new DateTimeOffset(time.Value, TimeSpan.Zero), zone).DateTime
        : DateTime.SpecifyKind(time.Value, DateTimeKind.Unspecified);
}
