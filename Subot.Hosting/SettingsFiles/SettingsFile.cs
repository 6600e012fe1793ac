using Cronos;
using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Storage.Settings;

namespace Subot.Hosting.SettingsFiles;

/// <summary>The settings that a file makes of those there are.</summary>
public static class SettingsFile
{
    /// <summary>
    /// The settings of a document, and everything that is wrong with them. What the document leaves out has its usual value; but tags and
    /// answers are archived, and what Slack and the commands change day by day stays.
    /// </summary>
    public static (TeamSettings Settings, IReadOnlyList<string> Problems) Over(SettingsDocument document, TeamSettings present)
    {
        var gaps = Completed(document);
        var reader = new SettingsReader();
        var read = reader.Read(document);
        var settings = read with
        {
            TeamGroups = document.TeamGroups is null ? present.TeamGroups : [.. read.TeamGroups.Select(g => KeyValuePair.Create(g.Key, MembersOf(g.Key, g.Value, present)))],
            Tools = [.. read.Tools, .. Gone(present.Tools, read.Tools, t => t.Id).Select(t => t with { Archived = true })],
            Labels = [.. read.Labels, .. Gone(present.Labels, read.Labels, t => t.Id).Select(t => t with { Archived = true })],
            Answers = [.. read.Answers, .. Gone(present.Answers, read.Answers, a => a.Id).Select(a => a with { Archived = true })],
            OnCall = read.OnCall with
            {
                Topics = document.OnCall?.Topics is null ? present.OnCall.Topics : read.OnCall.Topics,
                Duties = document.OnCall?.Duties is null ? present.OnCall.Duties : read.OnCall.Duties,
            },
        };
        return (settings, [.. gaps, .. reader.Problems, .. Ids(settings), .. Crons(settings.Reports), .. SettingsRules.Problems(settings)]);
    }

    private static ValueSet MembersOf(string group, ValueSet read, TeamSettings present) =>
        read.Count == 0 && present.TeamGroups.TryGetValue(group, out var members) ? members : read;

    private static IEnumerable<T> Gone<T>(IEnumerable<T> present, IEnumerable<T> read, Func<T, string> id) =>
        present.ExceptBy(read.Select(id), id);

    /// <summary>Keys without a value: where a list is meant it is an empty one, elsewhere it is a slip.</summary>
    private static List<string> Completed(SettingsDocument document)
    {
        List<string> problems = [];
        document.Exceptions = Lists(document.Exceptions);
        document.TeamGroups = Lists(document.TeamGroups);
        foreach (var (channel, calendar) in document.ChannelCalendars ?? [])
        {
            if ((object?)calendar is null)
                problems.Add($"channel_calendars.{channel} is empty.");
            else
                calendar.Exceptions = Lists(calendar.Exceptions);
        }

        problems.AddRange((document.Templates ?? []).Where(t => (object?)t.Value is null).Select(t => $"templates.{t.Key} has no text; leave it out for the usual one."));
        document.ChannelCalendars = Filled(document.ChannelCalendars);
        document.Templates = Filled(document.Templates);
        return problems;
    }

    private static SortedDictionary<string, List<string>>? Lists(SortedDictionary<string, List<string>>? entries) =>
        entries is null ? null : new(entries.ToDictionary(e => e.Key, e => (List<string>?)e.Value ?? []), StringComparer.Ordinal);

    private static SortedDictionary<string, T>? Filled<T>(SortedDictionary<string, T>? entries) =>
        entries is null ? null : new(entries.Where(e => (object?)e.Value is not null).ToDictionary(), StringComparer.Ordinal);

    private static IEnumerable<string> Ids(TeamSettings settings)
    {
        IEnumerable<(string Place, string Id)> people =
        [
            .. settings.Team.Select(id => ("team", id)),
            .. settings.TeamGroups.SelectMany(g => g.Value.Select(id => ($"team_groups.{g.Key}", id))),
            .. settings.Admins.Select(id => ("admins", id)),
            .. (settings.OnCall.Rota?.People ?? []).Select(id => ("on_call.rota.people", id)),
            .. settings.OnCall.Absences.Select(a => ("on_call.away", a.User)),
            .. settings.OnCall.Duties.Select(d => ("on_call.duties", d.User)),
        ];
        foreach (var (place, id) in people.Where(p => !UserId.IsOne(p.Id)))
            yield return $"{place}: '{id}' is no user id; write for example U0ANN.";
        if (settings.OnCallGroup is { } group && !SlackId.IsOne(group, "S"))
            yield return $"on_call.group: '{group}' is no id of a user group; write for example S0ONCALL.";
        foreach (var channel in settings.ChannelCalendars.Keys.Where(c => !SlackId.IsOne(c, "CGD")))
            yield return $"channel_calendars: '{channel}' is no channel id; write for example C0HELP.";
        (string Place, ValueSet Names)[] emoji = [("solved_emoji", settings.SolvedEmoji), ("acknowledging_emoji", settings.AcknowledgingEmoji), ("not_a_request_emoji", settings.NotARequestEmoji)];
        foreach (var (place, name) in emoji.SelectMany(e => e.Names, (e, name) => (e.Place, name)).Where(e => e.name.Length == 0 || e.name.Any(c => char.IsWhiteSpace(c) || c == ':')))
            yield return $"{place}: '{name}' is no name of an emoji; write for example white_check_mark.";
        foreach (var absence in settings.OnCall.Absences.Where(a => a.To < a.From))
            yield return new PlanProblem(PlanProblemKind.EndsBeforeItBegins, absence.User).ToString();
    }

    private static IEnumerable<string> Crons(ReportSettings reports)
    {
        foreach (var (place, cron) in new[] { ("reports.weekly", reports.Weekly), ("reports.monthly", reports.Monthly) })
        {
            if (cron is not null && !CronExpression.TryParse(cron, out _))
                yield return $"{place}: '{cron}' is no cron expression; write for example 0 19 * * 5 (Fridays at 19:00), or off.";
        }
    }
}
