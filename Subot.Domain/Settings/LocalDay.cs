namespace Subot.Domain.Settings;

/// <summary>Local days of a zone.</summary>
public static class LocalDay
{
    /// <summary>
    /// The instant at which a wall-clock time of a local day comes: the first one if the clock shows it twice; moved forward by the jump if
    /// the clock jumps over it.
    /// </summary>
    public static Ts At(DateOnly day, int minutes, TimeZoneInfo zone) => At(day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes), zone);

    /// <inheritdoc cref="At(DateOnly, int, TimeZoneInfo)"/>
    public static Ts At(DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-24))
            : zone.GetUtcOffset(local);
        return new Ts((local.Ticks - offset.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>The local day of an instant.</summary>
    public static DateOnly Of(Ts instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone).DateTime);

    /// <summary>The instant at which a local day begins.</summary>
    public static Ts Start(DateOnly day, TimeZoneInfo zone) => At(day, 0, zone);
}
