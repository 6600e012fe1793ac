using Subot.Domain.Reminders;

namespace Subot.Domain.Settings;

/// <summary>Where reminders go.</summary>
public enum ReminderPlace : byte
{
    /// <summary>Into the thread that waits.</summary>
    Thread = 0,

    /// <summary>Into the channel.</summary>
    Channel = 1,

    /// <summary>To the fireman alone.</summary>
    Direct = 2,
}

/// <summary>How the fireman is reminded of requests that wait for the team.</summary>
public sealed record ReminderSettings
{
    /// <summary>Working seconds of silence after which the first reminder is due, and each further one.</summary>
    public long AfterSeconds { get; init; } = 3600;

    /// <summary>Reminders per silence; what waits after them is in the daily list.</summary>
    public int Limit { get; init; } = 3;

    /// <summary>Where they go.</summary>
    public ReminderPlace Place { get; init; } = ReminderPlace.Thread;

    /// <summary>When reminders are due.</summary>
    public ReminderRule Rule => new(AfterSeconds, Limit);

    /// <summary>The team's emoji on a request that puts its reminders off until tomorrow.</summary>
    public string SnoozeEmoji { get; init; } = "zzz";
}
