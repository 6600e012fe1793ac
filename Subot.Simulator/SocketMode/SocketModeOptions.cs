namespace Subot.Simulator.SocketMode;

/// <summary>The times of Socket Mode; the defaults are Slack's.</summary>
public sealed record SocketModeOptions
{
    /// <summary>Divides the times of redelivery: 60 makes Slack's minute a second.</summary>
    public double ClockScale { get; init; } = 1;

    /// <summary>After how many seconds a connection is told to renew itself.</summary>
    public int ConnectionSeconds { get; init; } = 18_060;

    /// <summary>How long a connection lives after its warning.</summary>
    public TimeSpan WarningTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many seconds after each attempt an unacknowledged event is tried again; after the last one it is given up.</summary>
    public IReadOnlyList<double> RetrySeconds { get; init; } = [3, 60, 300, 3];

    internal TimeSpan[] RetryAfter => [.. RetrySeconds.Select(seconds => TimeSpan.FromSeconds(seconds / ClockScale))];
}
