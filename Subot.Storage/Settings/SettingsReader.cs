using System.Globalization;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Calendar = Subot.Domain.Settings.Calendar;

namespace Subot.Storage.Settings;

/// <summary>Reads settings from plain values, and gathers what is wrong with them in sentences that name the place.</summary>
public sealed class SettingsReader
{
    private const int LongestMadeId = 90;

    private readonly List<string> _problems = [];

    /// <summary>What was wrong so far; what is wrong has its usual value in the settings that were read.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The settings of a document.</summary>
    public TeamSettings Read(SettingsDocument document)
    {
        var usual = new TeamSettings();
        var tools = Tags(document.Tools, "tools");
        var labels = Tags(document.Labels, "labels");
        return usual with
        {
            TimeZone = TimeZone(document.TimeZone, "time_zone") ?? usual.TimeZone,
            WorkingHours = Hours(document.WorkingHours, document.Exceptions, "working_hours") ?? usual.WorkingHours,
            ChannelCalendars = Table(document.ChannelCalendars, (channel, calendar) => CalendarOf(calendar, $"channel_calendars.{channel}")),
            ResponseTargetSeconds = Seconds(document.ResponseTarget, "response_target") ?? usual.ResponseTargetSeconds,
            ExpireAfterSeconds = document.ExpireAfter is SettingsWriter.Off ? null : Seconds(document.ExpireAfter, "expire_after") ?? usual.ExpireAfterSeconds,
            SolvedEmoji = document.SolvedEmoji is { } solved ? Emoji(solved) : usual.SolvedEmoji,
            AcknowledgingEmoji = document.AcknowledgingEmoji is { } acknowledging ? Emoji(acknowledging) : usual.AcknowledgingEmoji,
            NotARequestEmoji = document.NotARequestEmoji is { } dismissing ? Emoji(dismissing) : usual.NotARequestEmoji,
            Team = [.. document.Team ?? []],
            TeamGroups = Table(document.TeamGroups, (_, members) => ValueSet.Create([.. members])),
            Admins = [.. document.Admins ?? []],
            Tools = tools,
            Labels = labels,
            Answers = [.. (document.Answers ?? []).Select((a, i) => AnswerOf(a, $"answers[{i}]", tools, labels))],
            OnCall = OnCall(document.OnCall),
            OnCallGroup = document.OnCall?.Group,
            Reminders = Reminders(document.Reminders ?? new(), usual.Reminders),
            Reports = Reports(document.Reports, usual.Reports),
            Language = document.Language is null ? usual.Language : Word(document.Language, "language", ["en", "fr"]) ?? usual.Language,
            Templates = Table(document.Templates, (_, text) => text),
        };
    }

    private ValueList<Tag> Tags(List<TagDocument>? documents, string place) => [.. (documents ?? []).Select((tag, i) =>
    {
        if (string.IsNullOrWhiteSpace(tag.Name))
            _problems.Add($"{place}[{i}] has no name");
        var name = tag.Name?.Trim() ?? "";
        return new Tag(
            tag.Id ?? IdOf(name),
            name,
            [.. (tag.Regex ?? []).Select(p => new Pattern(PatternKind.Regex, p)), .. (tag.Words ?? []).Select(p => new Pattern(PatternKind.Word, p))],
            tag.Archived);
    })];

    private Answer AnswerOf(AnswerDocument answer, string place, ValueList<Tag> tools, ValueList<Tag> labels)
    {
        if (string.IsNullOrWhiteSpace(answer.Text))
            _problems.Add($"{place} has no text");
        var tool = Reference(answer.Tool, tools, $"{place}.tool");
        var label = Reference(answer.Label, labels, $"{place}.label");
        var id = answer.Id ?? string.Join('-', new[] { tool, label }.Where(t => t is not null).DefaultIfEmpty("general"));
        return new Answer(id, tool, label, answer.Text ?? "")
        {
            Feedback = answer.Feedback,
            State = Named(answer.State, $"{place}.state", AnswerState.Active),
            MustMatch = [.. answer.MustMatch ?? []],
            MustNotMatch = [.. answer.MustNotMatch ?? []],
            Archived = answer.Archived,
        };
    }

    /// <summary>The id of a tool or label that is named by its id or its name.</summary>
    private string? Reference(string? named, ValueList<Tag> tags, string place)
    {
        if (named is null)
            return null;
        var tag = tags.FirstOrDefault(t => t.Id == named) ?? tags.FirstOrDefault(t => !t.Archived && t.Name.Equals(named, StringComparison.OrdinalIgnoreCase));
        if (tag is null)
            _problems.Add($"{place}: there is no '{named}'; there are: {string.Join(", ", tags.Where(t => !t.Archived).Select(t => t.Name))}");
        return tag?.Id ?? named;
    }

    private OnCallPlan OnCall(OnCallDocument? document) => document is null ? OnCallPlan.Empty : new OnCallPlan
    {
        Rota = document.Rota is { } rota ? RotaOf(rota) : null,
        Absences = [.. from away in document.Away ?? []
                       let @from = Day(away.From, "on_call.away.from")
                       let to = Day(away.To, "on_call.away.to")
                       where @from is not null && to is not null
                       select new Absence(away.User ?? "", @from.Value, to.Value)],
        Duties = [.. from duty in document.Duties ?? []
                     let @from = Instant(duty.From, "on_call.duties.from")
                     where @from is not null
                     select new Duty(@from.Value, duty.To is null ? Ts.Max : Instant(duty.To, "on_call.duties.to") ?? Ts.Max, duty.User ?? "")],
        Topics = document.Topics?.ToDictionary() ?? [],
    };

    private Rota? RotaOf(RotaDocument rota)
    {
        var first = Day(rota.First, "on_call.rota.first");
        var minute = TimeOfDay.Parse(rota.HandOverTime);
        if (minute is null)
            _problems.Add($"on_call.rota.hand_over_time: '{rota.HandOverTime}' is no time of day; write for example 10:00");
        return first is null ? null : new Rota
        {
            Period = Named(rota.Every, "on_call.rota.every", RotaPeriod.Week),
            First = first.Value,
            HandOverMinute = minute ?? 0,
            People = [.. rota.People ?? []],
        };
    }

    private ReminderSettings Reminders(ReminderDocument document, ReminderSettings usual) => new()
    {
        AfterSeconds = Seconds(document.After, "reminders.after") ?? usual.AfterSeconds,
        Limit = document.Limit ?? usual.Limit,
        Place = Named(document.Place, "reminders.place", usual.Place),
        SnoozeEmoji = document.SnoozeEmoji?.Trim(':') ?? usual.SnoozeEmoji,
    };

    private static ReportSettings Reports(ReportDocument? document, ReportSettings usual) => document is null ? usual : new()
    {
        Weekly = document.Weekly switch { SettingsWriter.Off => null, null => usual.Weekly, var cron => cron },
        Monthly = document.Monthly is SettingsWriter.Off ? null : document.Monthly,
        Dashboard = document.Dashboard,
    };

    private Calendar CalendarOf(CalendarDocument calendar, string place) => new(
        TimeZone(calendar.TimeZone, $"{place}.time_zone") ?? "UTC",
        Hours(calendar.WorkingHours, calendar.Exceptions, $"{place}.working_hours") ?? WorkingHours.Default);

    private WorkingHours? Hours(string? weekly, SortedDictionary<string, List<string>>? exceptions, string place)
    {
        if (weekly is null && exceptions is null)
            return null;
        try
        {
            var hours = weekly is null ? WorkingHours.Default : WorkingHours.Parse(weekly);
            return hours with
            {
                Exceptions = (exceptions ?? []).ToDictionary(
                    e => Day(e.Key, "exceptions") ?? DateOnly.MinValue,
                    e => (IReadOnlyList<Slot>)[.. e.Value.SelectMany(SlotsOf).OrderBy(s => s.Start)]),
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            _problems.Add($"{place}: {e.Message}");
            return null;
        }
    }

    // Overlaps are told where settings are written: what is stored has to be read.
    private static IReadOnlyList<Slot> SlotsOf(string hours) => hours.AsSpan().ContainsAny(';', ',')
        ? throw new FormatException($"'{hours}' are no hours of a day; write for example 09:00-12:00")
        : WorkingHours.Parse($"Mon {hours}").Weekdays[1];

    private string? TimeZone(string? text, string place)
    {
        if (text is null || TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone is not null)
            return text is null ? null : TimeZoneInfo.FindSystemTimeZoneById(text).Id;
        _problems.Add($"{place}: '{text}' is no time zone; write an IANA name such as Europe/Paris");
        return null;
    }

    private long? Seconds(string? text, string place)
    {
        if (text is null)
            return null;
        if (Length.TryParse(text, out var seconds))
            return seconds;
        _problems.Add($"{place}: '{text}' is no length of time; write for example 90s, 10m, 2h or 14d");
        return null;
    }

    private DateOnly? Day(string? text, string place)
    {
        if (DateOnly.TryParseExact(text, SettingsWriter.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        _problems.Add($"{place}: '{text}' is no date; write for example 2026-12-25");
        return null;
    }

    private Ts? Instant(string? text, string place)
    {
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return Ts.From(moment);
        _problems.Add($"{place}: '{text}' is no moment; write for example 2026-12-25T09:00:00Z");
        return null;
    }

    private T Named<T>(string? text, string place, T usual)
        where T : struct, Enum =>
        text is not null && Word(text, place, [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())]) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : usual;

    private string? Word(string text, string place, string[] words)
    {
        if (words.Contains(text.ToLowerInvariant()))
            return text.ToLowerInvariant();
        _problems.Add($"{place}: '{text}' is none of {string.Join(", ", words)}");
        return null;
    }

    private static ValueSet Emoji(List<string> names) => [.. names.Select(n => n.Trim(':'))];

    private static ValueDictionary<T> Table<TPlain, T>(SortedDictionary<string, TPlain>? entries, Func<string, TPlain, T> read) =>
        entries is null ? [] : new(entries.Select(e => KeyValuePair.Create(e.Key, read(e.Key, e.Value))));

    /// <summary>An id made of a name: lower-case letters and digits with hyphens.</summary>
    public static string IdOf(string name) =>
        string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>An id for a name that no other has: an id once given is never given again, so those of what is deleted count too.</summary>
    /// <param name="nameless">The id of what has no name.</param>
    public static string FreeId(string name, string nameless, IEnumerable<string> taken)
    {
        var others = taken.ToHashSet();
        var id = IdOf(name) is { Length: > 0 } made ? made[..Math.Min(made.Length, LongestMadeId)] : nameless;
        return Enumerable.Range(1, others.Count + 1).Select(n => n == 1 ? id : $"{id}-{n}").First(i => !others.Contains(i));
    }
}
