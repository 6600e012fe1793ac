using Subot.Domain;
using Subot.Domain.OnCall;
using Subot.Domain.Patterns;
using Subot.Domain.Settings;
using Subot.Domain.Values;
using Subot.Hosting.Configuration;
using Subot.Storage.Elasticsearch.Legacy;
using Subot.Storage.Settings;

namespace Subot.Bot.Importing.Legacy;

/// <summary>The settings that the first Subot had: those of its time, and those from then on.</summary>
internal sealed class LegacySettings(
    LegacyData data, IReadOnlyList<LegacyThread> threads, LegacyPeople people, ChannelId channel, LegacyReport report)
{
    // It had no others, and its team lived by them.
    private static readonly TeamSettings s_compiledIn = new() { TimeZone = "Europe/Paris", Language = "fr", SolvedEmoji = ["heavy_check_mark"] };

    /// <summary>The versions to write into an empty store, the first of them valid from the beginning.</summary>
    public IReadOnlyList<(Ts From, TeamSettings Settings)> Versions(SettingsParameters environment)
    {
        var given = environment.Over(s_compiledIn, before: null);
        var firemen = Firemen();
        // Its time ends after all that it stored.
        var end = new Ts(threads.Select(t => t.Last).Concat(firemen.Select(f => f.At)).DefaultIfEmpty(Ts.Zero).Max().Micros + 1);
        var (tools, labels) = (Tags(data.Tools, "tool", m => m.Tools), Tags(data.Labels, "label", m => m.Labels));
        var then = given with
        {
            Team = [.. people.Team, .. people.Former],
            Tools = tools,
            Labels = labels,
            Answers = Answers(tools, labels),
            OnCall = given.OnCall with { Duties = Duties(firemen, end) },
        };
        var now = then with
        {
            Team = environment.Texts.ContainsKey("SUBOT_TEAM") ? given.Team : people.Team,
            OnCall = firemen is [.., var (_, last)] ? then.OnCall.WithTopic(channel, last, end) : then.OnCall,
        };
        return now == then ? [(Ts.Zero, then)] : [(Ts.Zero, then), (end, now)];
    }

    private ValueList<Tag> Tags(IReadOnlyList<LegacyTag> stored, string kind, Func<LegacyMessage, IReadOnlyList<string>> named)
    {
        var tags = new List<Tag>();
        foreach (var same in stored.Where(t => !string.IsNullOrWhiteSpace(t.Name)).GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase))
            tags.Add(new Tag(SettingsReader.FreeId(same.Key, kind, tags.Select(t => t.Id)), same.Key, [.. same.SelectMany(t => Patterns(t, kind)).Distinct()]));
        foreach (var nameless in stored.Where(t => string.IsNullOrWhiteSpace(t.Name)))
            report.Lost($"{kind}s without a name, by document", nameless.Id);
        foreach (var name in stored.GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Key.Length > 0 && g.Count() > 1).Select(g => g.Key))
            report.Noted($"{kind}s of the same name: they are one, with the patterns of all", name);

        var known = tags.Select(t => t.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in threads.SelectMany(t => t.Copies).SelectMany(named).Where(n => !string.IsNullOrWhiteSpace(n) && known.Add(n)).ToList())
        {
            report.Noted($"{kind}s that only messages name: they are archived", name);
            tags.Add(new Tag(SettingsReader.FreeId(name, kind, tags.Select(t => t.Id)), name, [], Archived: true));
        }

        return [.. tags];
    }

    private IEnumerable<Pattern> Patterns(LegacyTag tag, string kind)
    {
        var pattern = new Pattern(PatternKind.Word, tag.Expression ?? "");
        if (tag.Expression is null)
            report.Lost($"patterns of {kind}s that are no expressions", tag.Name);
        else if (Pattern.Problem(pattern) is { } problem)
            report.Lost($"patterns of {kind}s that cannot be used", $"{tag.Name}: {tag.Expression} ({problem})");
        else
            yield return pattern;
    }

    private ValueList<Answer> Answers(ValueList<Tag> tools, ValueList<Tag> labels)
    {
        var answers = new List<Answer>();
        foreach (var stored in data.Answers)
        {
            var (tool, label) = (Find(tools, stored.Tool), Find(labels, stored.Label));
            if (string.IsNullOrWhiteSpace(stored.Text))
                report.Lost("answers without a text, by document", stored.Id);
            else if ((stored.Tool.Length > 0 && tool is null) || (stored.Label.Length > 0 && label is null))
                report.Lost("answers for a tool or label that is no more, by document", $"{stored.Id} ({string.Join(", ", new[] { stored.Tool, stored.Label }.Where(n => n.Length > 0))})");
            else
                answers.Add(new Answer(SettingsReader.FreeId(string.Join(' ', tool, label), "general", answers.Select(a => a.Id)), tool, label, stored.Text) { Feedback = stored.Feedback });
        }

        return [.. answers];
    }

    private static string? Find(ValueList<Tag> tags, string name) =>
        tags.FirstOrDefault(t => !t.Archived && string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase))?.Id;

    /// <summary>Who was named fireman when; the same one named again is one turn.</summary>
    private List<(Ts At, string User)> Firemen()
    {
        var named = new SortedDictionary<Ts, string>();
        foreach (var fireman in data.Firemen)
        {
            if (Ts.TryParse(fireman.Ts, out var at) && UserId.IsOne(fireman.User))
                named.TryAdd(at, fireman.User);
            else
                report.Lost("firemen without a time or a user id, by document", fireman.Id);
        }

        var turns = new List<(Ts At, string User)>();
        foreach (var (at, user) in named)
        {
            if (turns is not [.., var (_, last)] || last != user)
                turns.Add((at, user));
        }

        return turns;
    }

    private static IReadOnlyList<Duty> Duties(List<(Ts At, string User)> turns, Ts end) =>
        [.. turns.Select((turn, i) => new Duty(turn.At, i + 1 < turns.Count ? turns[i + 1].At : end, turn.User))];
}
