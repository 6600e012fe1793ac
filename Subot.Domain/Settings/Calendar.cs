namespace Subot.Domain.Settings;

/// <summary>When a team works, and where it is.</summary>
/// <param name="TimeZone">IANA zone.</param>
public sealed record Calendar(string TimeZone, WorkingHours Hours)
{
    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}
