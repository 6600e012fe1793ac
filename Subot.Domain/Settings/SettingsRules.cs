using Subot.Domain.Facts;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;

namespace Subot.Domain.Settings;

/// <summary>What settings have to be like to be taken.</summary>
public static class SettingsRules
{
    private const int MostReminders = 20;
    private const int LongestId = 100;

    /// <summary>Everything that is wrong with settings, in sentences that say what to change; nothing if they can be taken.</summary>
    public static IReadOnlyList<string> Problems(TeamSettings settings)
    {
        List<string> problems = [.. Tags(settings.Tools, "tool"), .. Tags(settings.Labels, "label")];
        if (problems.Count == 0)
            problems.AddRange(Answers(settings));
        // Who leaves the team may still be in the rota: that must not hold up the team's change.
        if (settings.OnCall.Rota is { } rota)
            problems.AddRange(rota.Problems(settings.Everyone).Where(p => p.Kind != PlanProblemKind.NotInTeam).Select(p => p.ToString()));
        if (settings.Reminders.Limit is < 0 or > MostReminders)
            problems.Add($"reminders.limit is {settings.Reminders.Limit}; write a number from 0 to {MostReminders}.");
        problems.AddRange(Overlaps(settings.WorkingHours, "exceptions"));
        problems.AddRange(settings.ChannelCalendars.SelectMany(c => Overlaps(c.Value.Hours, $"channel_calendars.{c.Key}.exceptions")));
        return problems;
    }

    private static IEnumerable<string> Overlaps(WorkingHours hours, string place) =>
        from day in hours.Exceptions
        from pair in day.Value.Zip(day.Value.Skip(1))
        where pair.Second.Start < pair.First.End
        select $"{place}: on {day.Key:yyyy-MM-dd} {pair.First} and {pair.Second} overlap; make one of them.";

    private static IEnumerable<string> Tags(IReadOnlyList<Tag> tags, string kind)
    {
        foreach (var id in tags.GroupBy(t => t.Id).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return $"Two {kind}s have the id '{id}'; give each its own.";
        foreach (var name in tags.Where(t => !t.Archived).GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return $"Two {kind}s are called '{name}'; give each its own name.";
        foreach (var id in tags.Select(t => t.Id).Where(id => id.Length is 0 or > LongestId || id.Any(char.IsControl)))
            yield return $"'{id}' is no id of a {kind}; write letters, digits and hyphens, at most {LongestId}.";
        foreach (var tag in tags)
        {
            foreach (var problem in tag.Patterns.Select(Pattern.Problem).OfType<string>())
                yield return $"The {kind} '{tag.Name}' has a pattern that cannot be used: {problem}";
        }
    }

    private static IEnumerable<string> Answers(TeamSettings settings)
    {
        foreach (var id in settings.Answers.GroupBy(a => a.Id).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return $"Two answers have the id '{id}'; give each its own.";
        var version = new SettingsVersion(0, Ts.Zero, settings, "");
        foreach (var answer in settings.Answers.Where(a => !a.Archived))
        {
            if (answer.Tool is { } tool && !settings.Tools.Any(t => t.Id == tool && !t.Archived))
                yield return $"The answer '{answer.Id}' needs the tool '{NameOf(settings.Tools, tool)}', which is not there. Change or delete the answer first.";
            if (answer.Label is { } label && !settings.Labels.Any(l => l.Id == label && !l.Archived))
                yield return $"The answer '{answer.Id}' needs the label '{NameOf(settings.Labels, label)}', which is not there. Change or delete the answer first.";
            foreach (var example in answer.MustMatch.Where(e => !Matches(answer, version.Find(e))))
                yield return $"The answer '{answer.Id}' must match \"{example}\", and does not.";
            foreach (var example in answer.MustNotMatch.Where(e => Matches(answer, version.Find(e))))
                yield return $"The answer '{answer.Id}' must not match \"{example}\", and does.";
        }
    }

    // An answer that is off keeps its examples: they say what it would do.
    private static bool Matches(Answer answer, Findings found) =>
        (answer with { State = AnswerState.Active }).Fits(found.Tools, found.Labels);

    private static string NameOf(IReadOnlyList<Tag> tags, string id) => tags.FirstOrDefault(t => t.Id == id)?.Name ?? id;
}
