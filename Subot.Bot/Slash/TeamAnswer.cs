using Subot.Bot.Words;
using Subot.Domain.Settings;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>Who is in the team, and who joins or leaves it.</summary>
internal sealed class TeamAnswer(SlashEditor editor)
{
    private static readonly string[] s_verbs = ["add", "remove"];

    public async Task<string> AnswerAsync(SlashQuestion question, CancellationToken ct)
    {
        if (question.Arguments.Count == 0)
            return Shown(question, question.Version.Settings);
        var verb = question.Arguments[0].ToLowerInvariant();
        if (!s_verbs.Contains(verb))
            return question.Say(TextId.TeamUnknown, ("word", SlackText.Escape(question.Arguments[0])), ("hint", SlashHint.Of(question, verb, s_verbs))) + "\n" + question.Say(TextId.HelpTeam);
        var (people, problem) = Mention.ParseAll(question, question.Arguments.Skip(1));
        if (people.Count == 0)
            return problem ?? question.Say(TextId.HelpTeam);
        return verb == "add" ? await AddAsync(question, people, ct) : await RemoveAsync(question, people, ct);
    }

    private async Task<string> AddAsync(SlashQuestion question, IReadOnlyList<string> people, CancellationToken ct)
    {
        var news = people.Except(question.Version.Settings.Team).ToList();
        if (news.Count == 0)
            return question.Say(TextId.TeamAlready, ("people", Mention.Of(people)));
        return await editor.ChangeAsync(question, s => s with { Team = [.. s.Team, .. news] }, ct)
            ?? question.Say(TextId.TeamAdded, ("people", Mention.Of(news)));
    }

    private async Task<string> RemoveAsync(SlashQuestion question, IReadOnlyList<string> people, CancellationToken ct)
    {
        var before = question.Version.Settings;
        var named = people.Where(before.Team.Contains).ToList();
        if (named.Count == 0)
            return Stays(question, before, people) ?? question.Say(TextId.TeamNotIn, ("people", Mention.Of(people)));
        if (await editor.ChangeAsync(question, s => s with { Team = [.. s.Team.Except(named)] }, ct) is { } refused)
            return refused;

        List<string> lines = [question.Say(TextId.TeamRemoved, ("people", Mention.Of(named)))];
        if (Stays(question, before, people) is { } stays)
            lines.Add(stays);
        if ((before with { Team = [.. before.Team.Except(named)] }).Everyone.Count == 0)
            lines.Add(question.Say(TextId.TeamEmpty));
        return string.Join('\n', lines);
    }

    /// <summary>Who belongs to the team by a user group stays in it as long as the group has them.</summary>
    private static string? Stays(SlashQuestion question, TeamSettings settings, IReadOnlyList<string> people) =>
        people.Where(p => settings.TeamGroups.Values.Any(g => g.Contains(p))).ToList() is { Count: > 0 } inGroups
            ? question.Say(TextId.TeamByGroup, ("people", Mention.Of(inGroups)), ("groups", Groups(settings)))
            : null;

    private static string Shown(SlashQuestion question, TeamSettings settings)
    {
        List<string> lines = settings.Everyone.Count == 0 ? [question.Say(TextId.TeamEmpty)] : [];
        if (settings.Team.Count > 0)
            lines.Add(question.Say(TextId.TeamMembers, ("people", Mention.Of(settings.Team))));
        lines.AddRange(settings.TeamGroups.Select(g => question.Say(TextId.TeamGroup, ("group", SlackText.UserGroup(g.Key)), ("people", Mention.Of(g.Value)), ("count", g.Value.Count))));
        if (settings.Admins.Count > 0)
            lines.Add(question.Say(TextId.TeamAdmins, ("people", Mention.Of(settings.Admins))));
        return string.Join('\n', lines);
    }

    private static string Groups(TeamSettings settings) => string.Join(", ", settings.TeamGroups.Keys.Select(SlackText.UserGroup));
}
