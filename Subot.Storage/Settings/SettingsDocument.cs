namespace Subot.Storage.Settings;

/// <summary>
/// Settings in plain values: as they are written into a store, where older and newer programs read them, and into a file for people.
/// What is missing has the value that settings have by themselves.
/// </summary>
public sealed class SettingsDocument
{
    /// <summary>IANA zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Weekly hours in their written form.</summary>
    public string? WorkingHours { get; set; }

    /// <summary>Dates (yyyy-MM-dd) with hours of their own, each slot as HH:mm-HH:mm; none is a day off.</summary>
    public SortedDictionary<string, List<string>>? Exceptions { get; set; }

    /// <summary>Calendars of channels that have one of their own, by channel id.</summary>
    public SortedDictionary<string, CalendarDocument>? ChannelCalendars { get; set; }

    /// <summary>Working time within which a first response is due, such as 1h.</summary>
    public string? ResponseTarget { get; set; }

    /// <summary>Silence after which an open request expires, such as 14d, or off.</summary>
    public string? ExpireAfter { get; set; }

    /// <summary>Emoji that solve a request.</summary>
    public List<string>? SolvedEmoji { get; set; }

    /// <summary>Emoji of the team that acknowledge one.</summary>
    public List<string>? AcknowledgingEmoji { get; set; }

    /// <summary>Emoji of the team that take a message out of the numbers.</summary>
    public List<string>? NotARequestEmoji { get; set; }

    /// <summary>User ids.</summary>
    public List<string>? Team { get; set; }

    /// <summary>The members of user groups that belong to the team, by the group's id.</summary>
    public SortedDictionary<string, List<string>>? TeamGroups { get; set; }

    /// <summary>User ids.</summary>
    public List<string>? Admins { get; set; }

    /// <summary>What requests are about.</summary>
    public List<TagDocument>? Tools { get; set; }

    /// <summary>What requests want.</summary>
    public List<TagDocument>? Labels { get; set; }

    /// <summary>Automatic answers.</summary>
    public List<AnswerDocument>? Answers { get; set; }

    /// <summary>Who is on call.</summary>
    public OnCallDocument? OnCall { get; set; }

    /// <summary>How the fireman is reminded.</summary>
    public ReminderDocument? Reminders { get; set; }

    /// <summary>When reports are posted.</summary>
    public ReportDocument? Reports { get; set; }

    /// <summary>en or fr.</summary>
    public string? Language { get; set; }

    /// <summary>The team's own wording, by the names of messages.</summary>
    public SortedDictionary<string, string>? Templates { get; set; }
}

/// <summary>A calendar.</summary>
public sealed class CalendarDocument
{
    /// <summary>IANA zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Weekly hours in their written form.</summary>
    public string? WorkingHours { get; set; }

    /// <summary>Dates (yyyy-MM-dd) with hours of their own.</summary>
    public SortedDictionary<string, List<string>>? Exceptions { get; set; }
}

/// <summary>A tool or a label.</summary>
public sealed class TagDocument
{
    /// <summary>Its id; made of its name when it is missing.</summary>
    public string? Id { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Patterns of .NET's syntax.</summary>
    public List<string>? Regex { get; set; }

    /// <summary>Patterns of whole lower-case words, in Lucene's syntax.</summary>
    public List<string>? Words { get; set; }

    /// <summary>Deleted, and kept for what was found.</summary>
    public bool Archived { get; set; }
}

/// <summary>An automatic answer.</summary>
public sealed class AnswerDocument
{
    /// <summary>Its id; made of its tool and label when it is missing.</summary>
    public string? Id { get; set; }

    /// <summary>The id or name of its tool.</summary>
    public string? Tool { get; set; }

    /// <summary>The id or name of its label.</summary>
    public string? Label { get; set; }

    /// <summary>Slack's mrkdwn.</summary>
    public string? Text { get; set; }

    /// <summary>Whether the requester is asked if it was useful.</summary>
    public bool Feedback { get; set; }

    /// <summary>active, silent or off.</summary>
    public string? State { get; set; }

    /// <summary>Messages that it has to answer.</summary>
    public List<string>? MustMatch { get; set; }

    /// <summary>Messages that it may not answer.</summary>
    public List<string>? MustNotMatch { get; set; }

    /// <summary>Deleted, and kept for its statistics.</summary>
    public bool Archived { get; set; }
}

/// <summary>Who is on call.</summary>
public sealed class OnCallDocument
{
    /// <summary>The rota; none if it is missing.</summary>
    public RotaDocument? Rota { get; set; }

    /// <summary>Who is away when.</summary>
    public List<AbsenceDocument>? Away { get; set; }

    /// <summary>Stretches that somebody took over.</summary>
    public List<DutyDocument>? Duties { get; set; }

    /// <summary>Whom the channels' topics name, by channel id.</summary>
    public SortedDictionary<string, string>? Topics { get; set; }

    /// <summary>A user group that holds who is on call and nobody else.</summary>
    public string? Group { get; set; }
}

/// <summary>A rota.</summary>
public sealed class RotaDocument
{
    /// <summary>week or month.</summary>
    public string? Every { get; set; }

    /// <summary>The time of the hand-over, HH:mm.</summary>
    public string? HandOverTime { get; set; }

    /// <summary>User ids in their order.</summary>
    public List<string>? People { get; set; }

    /// <summary>
    /// The day (yyyy-MM-dd) of a hand-over to the first of them: every hand-over is on its weekday, or its day of the month.
    /// </summary>
    public string? First { get; set; }
}

/// <summary>Somebody is away.</summary>
public sealed class AbsenceDocument
{
    /// <summary>User id.</summary>
    public string? User { get; set; }

    /// <summary>The first day, yyyy-MM-dd.</summary>
    public string? From { get; set; }

    /// <summary>The last day, yyyy-MM-dd.</summary>
    public string? To { get; set; }
}

/// <summary>Somebody is on call for a stretch of time, whatever the rota says.</summary>
public sealed class DutyDocument
{
    /// <summary>User id.</summary>
    public string? User { get; set; }

    /// <summary>The instant at which it begins, ISO 8601.</summary>
    public string? From { get; set; }

    /// <summary>The instant at which it ends, ISO 8601.</summary>
    public string? To { get; set; }
}

/// <summary>How the fireman is reminded.</summary>
public sealed class ReminderDocument
{
    /// <summary>Working time of silence, such as 1h.</summary>
    public string? After { get; set; }

    /// <summary>Reminders per silence.</summary>
    public int? Limit { get; set; }

    /// <summary>thread, channel or direct.</summary>
    public string? Place { get; set; }

    /// <summary>The emoji that puts them off until tomorrow.</summary>
    public string? SnoozeEmoji { get; set; }
}

/// <summary>When reports are posted.</summary>
public sealed class ReportDocument
{
    /// <summary>Cron expression, or off.</summary>
    public string? Weekly { get; set; }

    /// <summary>Cron expression, or off.</summary>
    public string? Monthly { get; set; }

    /// <summary>The address of the dashboard.</summary>
    public string? Dashboard { get; set; }
}
