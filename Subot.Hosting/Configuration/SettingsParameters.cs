using System.Globalization;
using Subot.Domain.Settings;
using Subot.Domain.Values;

namespace Subot.Hosting.Configuration;

/// <summary>A parameter that is a setting.</summary>
/// <param name="Text">What the environment says.</param>
/// <param name="Apply">Puts the value into settings; it is given what the environment said before.</param>
public sealed record SettingsParameter(string Name, string Text, Func<TeamSettings, string?, TeamSettings> Apply);

/// <summary>
/// The parameters that are settings, as far as the environment has them. They are copied into the store at the first start, and become a
/// new version when the environment says something else than it said before; what people change meanwhile stays.
/// </summary>
public sealed class SettingsParameters
{
    private readonly List<SettingsParameter> _given = [];
    private readonly ParameterReader _from;

    private SettingsParameters(ParameterReader from) => _from = from;

    /// <summary>What the environment says, by variable.</summary>
    public ValueDictionary<string> Texts => new(_given.Select(p => KeyValuePair.Create(p.Name, p.Text)));

    /// <summary>Reads them.</summary>
    /// <param name="time">Tells which years of a calendar file count.</param>
    public static SettingsParameters Read(ParameterReader from, TimeProvider time)
    {
        var parameters = new SettingsParameters(from);
        var hours = from.WorkingHours("SUBOT_WORKING_HOURS");
        var zone = from.TimeZone("SUBOT_TIME_ZONE", "UTC");
        parameters.Add("SUBOT_TIME_ZONE", _ => zone, (s, zone) => s with { TimeZone = zone });
        parameters.Add("SUBOT_WORKING_HOURS", _ => hours, (s, hours) => s with { WorkingHours = hours with { Exceptions = s.WorkingHours.Exceptions } });
        parameters.AddHolidays("SUBOT_HOLIDAYS", name => from.Holidays(name, hours, zone, time.GetUtcNow().Year));
        parameters.Add("SUBOT_RESPONSE_TARGET", name => from.Seconds(name, "1h"), (s, seconds) => s with { ResponseTargetSeconds = seconds });
        parameters.Add("SUBOT_EXPIRE_AFTER", name => from.SecondsOrOff(name, "14d"), (s, seconds) => s with { ExpireAfterSeconds = seconds });
        parameters.Add("SUBOT_SOLVED_EMOJI", parameters.Emoji, (s, emoji) => s with { SolvedEmoji = emoji });
        parameters.Add("SUBOT_ACK_EMOJI", parameters.Emoji, (s, emoji) => s with { AcknowledgingEmoji = emoji });
        parameters.Add("SUBOT_NOT_A_REQUEST_EMOJI", parameters.Emoji, (s, emoji) => s with { NotARequestEmoji = emoji });
        parameters.Add("SUBOT_SNOOZE_EMOJI", name => from.Text(name)!.Trim(':'), (s, emoji) => s with { Reminders = s.Reminders with { SnoozeEmoji = emoji } });
        parameters.Add("SUBOT_TEAM", parameters.Team, (s, team) => s with { Team = team.People, TeamGroups = Kept(s.TeamGroups, team.Groups) });
        parameters.Add("SUBOT_ADMINS", name => ValueSet.Create([.. from.Ids(name, "user id", "UW", "U0ANN,U0BOB")]), (s, admins) => s with { Admins = admins });
        parameters.Add("SUBOT_REMIND_AFTER", name => from.Seconds(name, "1h"), (s, seconds) => s with { Reminders = s.Reminders with { AfterSeconds = seconds } });
        parameters.Add("SUBOT_REPORT_CRON", from.CronOrOff, (s, cron) => s with { Reports = s.Reports with { Weekly = cron } });
        parameters.Add("SUBOT_LANGUAGE", name => from.Choice(name, "en", "en", "fr"), (s, language) => s with { Language = language });
        parameters.Add("FRONT_URL", name => from.Address(name, "https://subot.example.org/").ToString(), (s, url) => s with { Reports = s.Reports with { Dashboard = url } });
        return parameters;
    }

    /// <summary>These settings, with what the environment says now and did not say before.</summary>
    /// <param name="before">What it said when it was last heard; null if it never was.</param>
    public TeamSettings Over(TeamSettings settings, ValueDictionary<string>? before) => _given
        .Where(p => before is null || !before.TryGetValue(p.Name, out var text) || text != p.Text)
        .Aggregate(settings, (result, parameter) => parameter.Apply(result, before?.GetValueOrDefault(parameter.Name)));

    private void Add<T>(string name, Func<string, T> read, Func<TeamSettings, T, TeamSettings> put)
    {
        if (_from.Text(name) is not { } text)
            return;
        var value = read(name);
        _given.Add(new SettingsParameter(name, text, (settings, _) => put(settings, value)));
    }

    /// <summary>A calendar file may tell other days than before under the same name: what it told is part of the text.</summary>
    private void AddHolidays(string name, Func<string, IReadOnlyList<DateOnly>> read)
    {
        if (_from.Text(name) is not { } text)
            return;
        var days = read(name);
        var told = $"{text}: {string.Join(',', days.Order().Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}";
        _given.Add(new SettingsParameter(name, told, (s, before) => s with { WorkingHours = s.WorkingHours.WithHolidays(days, insteadOf: DaysOf(before)) }));
    }

    /// <summary>The days that were told before; days off that somebody else put in stay.</summary>
    private static List<DateOnly> DaysOf(string? told)
    {
        var days = told?[(told.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [.. days.Select(d => DateOnly.ParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture))];
    }

    private ValueSet Emoji(string name) => [.. _from.List(name).Select(e => e.Trim(':'))];

    /// <summary>Ids of people, and of user groups (S..., with or without an @), whose members are not known yet.</summary>
    private (ValueSet People, IReadOnlyList<string> Groups) Team(string name)
    {
        var ids = _from.Ids(name, "user id or user group id", "UWS", "U0ANN,U0BOB,S0SUPPORT");
        return ([.. ids.Where(id => id[0] != 'S')], [.. ids.Where(id => id[0] == 'S')]);
    }

    private static ValueDictionary<ValueSet> Kept(ValueDictionary<ValueSet> known, IReadOnlyList<string> groups) =>
        new(groups.Distinct().Select(g => KeyValuePair.Create(g, known.TryGetValue(g, out var members) ? members : ValueSet.Empty)));
}
