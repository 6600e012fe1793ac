using System.Globalization;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Domain.Values;

namespace Subot.Storage.Settings;

/// <summary>Settings in plain values. Empty lists are left out.</summary>
public static class SettingsWriter
{
    internal const string DayForm = "yyyy-MM-dd";
    internal const string Off = "off";

    /// <summary>The document of settings.</summary>
    public static SettingsDocument Write(TeamSettings settings) => new()
    {
        TimeZone = settings.TimeZone,
        WorkingHours = settings.WorkingHours.ToString(),
        Exceptions = Exceptions(settings.WorkingHours),
        ChannelCalendars = Table(settings.ChannelCalendars, c => new CalendarDocument { TimeZone = c.TimeZone, WorkingHours = c.Hours.ToString(), Exceptions = Exceptions(c.Hours) }),
        ResponseTarget = Length.Format(settings.ResponseTargetSeconds),
        ExpireAfter = settings.ExpireAfterSeconds is { } expire ? Length.Format(expire) : Off,
        SolvedEmoji = [.. settings.SolvedEmoji],
        AcknowledgingEmoji = [.. settings.AcknowledgingEmoji],
        NotARequestEmoji = [.. settings.NotARequestEmoji],
        Team = List(settings.Team),
        TeamGroups = Table(settings.TeamGroups, members => members.ToList()),
        Admins = List(settings.Admins),
        Tools = List(settings.Tools.Select(Tag)),
        Labels = List(settings.Labels.Select(Tag)),
        Answers = List(settings.Answers.Select(Answer)),
        OnCall = OnCall(settings),
        Reminders = new ReminderDocument
        {
            After = Length.Format(settings.Reminders.AfterSeconds),
            Limit = settings.Reminders.Limit,
            Place = Word(settings.Reminders.Place),
            SnoozeEmoji = settings.Reminders.SnoozeEmoji,
        },
        Reports = new ReportDocument { Weekly = settings.Reports.Weekly ?? Off, Monthly = settings.Reports.Monthly ?? Off, Dashboard = settings.Reports.Dashboard },
        Language = settings.Language,
        Templates = Table(settings.Templates, text => text),
    };

    private static TagDocument Tag(Tag tag) => new()
    {
        Id = tag.Id,
        Name = tag.Name,
        Regex = List(tag.Patterns.Where(p => p.Kind == PatternKind.Regex).Select(p => p.Text)),
        Words = List(tag.Patterns.Where(p => p.Kind == PatternKind.Word).Select(p => p.Text)),
        Archived = tag.Archived,
    };

    private static AnswerDocument Answer(Answer answer) => new()
    {
        Id = answer.Id,
        Tool = answer.Tool,
        Label = answer.Label,
        Text = answer.Text,
        Feedback = answer.Feedback,
        State = Word(answer.State),
        MustMatch = List(answer.MustMatch),
        MustNotMatch = List(answer.MustNotMatch),
        Archived = answer.Archived,
    };

    private static OnCallDocument? OnCall(TeamSettings settings)
    {
        var (plan, group) = (settings.OnCall, settings.OnCallGroup);
        return plan.Equals(OnCallPlan.Empty) && group is null ? null : new OnCallDocument
        {
            Rota = plan.Rota is { } rota ? Rota(rota) : null,
            Away = List(plan.Absences.Select(a => new AbsenceDocument { User = a.User, From = Day(a.From), To = Day(a.To) })),
            Duties = List(plan.Duties.Select(d => new DutyDocument { User = d.User, From = Instant(d.From), To = d.To == Ts.Max ? null : Instant(d.To) })),
            Topics = plan.Topics.Count == 0 ? null : new(plan.Topics.ToDictionary(), StringComparer.Ordinal),
            Group = group,
        };
    }

    private static RotaDocument Rota(Rota rota) => new()
    {
        Every = Word(rota.Period),
        HandOverTime = TimeOfDay.Write(rota.HandOverMinute),
        People = [.. rota.People],
        First = Day(rota.First),
    };

    private static SortedDictionary<string, List<string>>? Exceptions(WorkingHours hours) => hours.Exceptions.Count == 0
        ? null
        : new(hours.Exceptions.ToDictionary(e => Day(e.Key), e => e.Value.Select(s => s.ToString()).ToList()));

    private static List<T>? List<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;

    private static SortedDictionary<string, TPlain>? Table<T, TPlain>(ValueDictionary<T> entries, Func<T, TPlain> plain) =>
        entries.Count == 0 ? null : new(entries.ToDictionary(e => e.Key, e => plain(e.Value)), StringComparer.Ordinal);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Day(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    private static string Instant(Ts instant) =>
        instant.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
