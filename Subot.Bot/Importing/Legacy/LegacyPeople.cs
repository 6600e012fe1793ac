using Subot.Domain;
using Subot.Domain.Values;
using Subot.Storage;
using Subot.Storage.Elasticsearch.Legacy;

namespace Subot.Bot.Importing.Legacy;

/// <summary>Who is who in the first Subot's documents.</summary>
internal sealed class LegacyPeople
{
    public LegacyPeople(LegacyData data, IReadOnlyList<LegacyThread> threads, LegacyReport report)
    {
        foreach (var member in data.Team.Where(m => !UserId.IsOne(m.User)))
            report.Lost("members of the team without a user id, by document", member.Id);
        Team = [.. data.Team.Select(m => m.User).Where(UserId.IsOne)];
        Self = SelfOf(threads);
        Former = [.. FormerOf(data, threads).Where(u => UserId.IsOne(u) && u != Self && !Team.Contains(u))];
        foreach (var user in Former)
            report.Noted("people who left the team: what they wrote before counts as the team's", user);
        Known = [.. data.People, .. NamedByHand(data)];
    }

    /// <summary>Who everybody is, as far as it is known.</summary>
    public IReadOnlyList<Person> Known { get; }

    /// <summary>The team at the end.</summary>
    public ValueSet Team { get; }

    /// <summary>
    /// Who was in the team before: the index names only those who still are, but messages were judged when they came, and the first reply
    /// of the team was timed.
    /// </summary>
    public ValueSet Former { get; }

    /// <summary>The first Subot's own user id; empty if it never wrote.</summary>
    public string Self { get; }

    /// <summary>Members who never wrote have the name alone that an admin gave them.</summary>
    private static IEnumerable<Person> NamedByHand(LegacyData data)
    {
        var known = data.People.Select(p => p.Id.Value).ToHashSet();
        return data.Team.Where(m => UserId.IsOne(m.User) && !known.Contains(m.User)).DistinctBy(m => m.User)
            .Select(m => new Person(new UserId(m.User), Ts.Zero) { RealName = m.Name });
    }

    /// <summary>Apps reply too, but none as often.</summary>
    private static string SelfOf(IReadOnlyList<LegacyThread> threads) => threads
        .SelectMany(t => t.Replies).Where(r => r.Reply.FromBot && UserId.IsOne(r.Reply.User))
        .CountBy(r => r.Reply.User).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)
        .FirstOrDefault().Key ?? "";

    private IEnumerable<string> FormerOf(LegacyData data, IReadOnlyList<LegacyThread> threads)
    {
        var asked = threads.Where(t => t.Message.Type == "user").Select(t => t.User).ToHashSet();
        // Whose type was changed by an admin asked before, or will.
        var wrote = threads.Where(t => t.Message.Type == "team" && !asked.Contains(t.User)).Select(t => t.User);
        return wrote.Concat(data.Firemen.Select(f => f.By)).Concat(threads.Select(FirstToReply).OfType<string>());
    }

    /// <summary>Whose reply was timed as the first of the team, if it can be told from the others.</summary>
    private string? FirstToReply(LegacyThread thread)
    {
        if (thread.ResponseMinutes == 0)
            return null;
        var timed = thread.Replies
            .Where(r => !r.Reply.FromBot && r.Reply.User != thread.User && (r.At - thread.Key.Root) / (60 * Ts.Second) == thread.ResponseMinutes)
            .Select(r => r.Reply.User).Distinct().ToList();
        return timed.Exists(Team.Contains) ? null : timed is [var one] ? one : null;
    }
}
