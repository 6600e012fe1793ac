namespace Subot.Domain.Settings;

/// <summary>When reports are posted in the channel. Cron expressions of five fields, in the team's time zone.</summary>
public sealed record ReportSettings
{
    /// <summary>The weekly report; null: none.</summary>
    public string? Weekly { get; init; } = "0 19 * * 5";

    /// <summary>The monthly report; null: none.</summary>
    public string? Monthly { get; init; }

    /// <summary>The address of the dashboard, for people; null: none.</summary>
    public string? Dashboard { get; init; }
}
