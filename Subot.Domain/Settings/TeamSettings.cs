using Subot.Domain.OnCall;
using Subot.Domain.Values;

namespace Subot.Domain.Settings;

/// <summary>
/// Everything besides facts that decisions read. A version of it is valid from an instant on; a thread uses the one that is valid at its
/// root, but for the team: who belongs to it is judged at each message.
/// </summary>
public sealed record TeamSettings
{
    /// <summary>The team's IANA zone: of its working hours, of local days and weeks, of schedules.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>When the team works.</summary>
    public WorkingHours WorkingHours { get; init; } = WorkingHours.Default;

    /// <summary>Calendars of channels that have one of their own, by channel id.</summary>
    public ValueDictionary<Calendar> ChannelCalendars { get; init; } = [];

    /// <summary>Working seconds within which a first response is due.</summary>
    public long ResponseTargetSeconds { get; init; } = 3600;

    /// <summary>Seconds of silence after which an open request expires; null: never.</summary>
    public long? ExpireAfterSeconds { get; init; } = 14 * 24 * 3600;

    /// <summary>Emoji that solve a request.</summary>
    public ValueSet SolvedEmoji { get; init; } = ["heavy_check_mark", "white_check_mark"];

    /// <summary>Emoji of the team that acknowledge a request.</summary>
    public ValueSet AcknowledgingEmoji { get; init; } = ["eyes"];

    /// <summary>Emoji of the team that take a message out of the statistics.</summary>
    public ValueSet NotARequestEmoji { get; init; } = ["no_entry_sign"];

    /// <summary>The members of the team that are named one by one.</summary>
    public ValueSet Team { get; init => (field, Everyone) = (value, Union(value, TeamGroups)); } = ValueSet.Empty;

    /// <summary>Slack user groups whose members belong to the team too, by the group's id.</summary>
    public ValueDictionary<ValueSet> TeamGroups { get; init => (field, Everyone) = (value, Union(Team, value)); } = [];

    /// <summary>People besides the team and the workspace's admins who may change settings.</summary>
    public ValueSet Admins { get; init; } = ValueSet.Empty;

    /// <summary>What requests are about.</summary>
    public ValueList<Tag> Tools { get; init; } = [];

    /// <summary>What requests want.</summary>
    public ValueList<Tag> Labels { get; init; } = [];

    /// <summary>Automatic answers, in the order in which they are posted.</summary>
    public ValueList<Answer> Answers { get; init; } = [];

    /// <summary>Who is on call.</summary>
    public OnCallPlan OnCall { get; init; } = OnCallPlan.Empty;

    /// <summary>A Slack user group that holds who is on call and nobody else; null: none.</summary>
    public string? OnCallGroup { get; init; }

    /// <summary>How the fireman is reminded.</summary>
    public ReminderSettings Reminders { get; init; } = new();

    /// <summary>When reports are posted.</summary>
    public ReportSettings Reports { get; init; } = new();

    /// <summary>The language of the bot's messages: en or fr.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The team's own wording of some of the bot's messages, by their names.</summary>
    public ValueDictionary<string> Templates { get; init; } = [];

    /// <summary>The calendar of most channels.</summary>
    public Calendar Calendar => new(TimeZone, WorkingHours);

    /// <summary>The calendar of a channel.</summary>
    public Calendar CalendarOf(ChannelId channel) => ChannelCalendars.TryGetValue(channel.Value, out var own) ? own : Calendar;

    /// <summary>Every member of the team, named or by a group.</summary>
    public ValueSet Everyone { get; private init; } = ValueSet.Empty;

    /// <summary>Whether somebody belongs to the team.</summary>
    public bool IsInTeam(UserId user) => Everyone.Contains(user.Value);

    private static ValueSet Union(ValueSet team, ValueDictionary<ValueSet> groups) =>
        groups.Count == 0 ? team : [.. team.Concat(groups.Values.SelectMany(g => g)).Distinct()];
}
