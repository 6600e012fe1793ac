using Subot.Domain.Settings;

namespace Subot.Bot.Slash;

/// <summary>What the words behind <c>stats</c> ask for: one period at most, and tools and labels by their names, in any order.</summary>
/// <param name="Period">Null: none is named.</param>
/// <param name="Unknown">The first word that is neither, or the first two when they begin as a period does; null: there is none.</param>
internal sealed record StatsWords(StatsPeriod? Period, IReadOnlyList<Tag> Tools, IReadOnlyList<Tag> Labels, string? Unknown)
{
    // A name of more words is not looked for.
    private const int LongestName = 6;

    // last 30 days
    private const int LongestPeriod = 3;

    /// <summary>Reads them; of several names that fit the longest counts.</summary>
    public static StatsWords Read(IReadOnlyList<string> words, TeamSettings settings, DateOnly today)
    {
        StatsPeriod? period = null;
        List<Tag> tools = [], labels = [];
        for (var i = 0; i < words.Count;)
        {
            if (period is null && PeriodAt(words, i, today) is ({ } named, var count))
            {
                period = named;
                i += count;
                continue;
            }

            var (length, tool, label) = Longest(words, i, settings);
            if (length == 0)
                return new StatsWords(period, tools, labels, words[i].ToLowerInvariant() is "last" or "this" && i + 1 < words.Count ? $"{words[i]} {words[i + 1]}" : words[i]);
            if (tool is not null)
                tools.Add(tool);
            else if (label is not null)
                labels.Add(label);
            i += length;
        }

        return new StatsWords(period, tools, labels, Unknown: null);
    }

    private static (StatsPeriod? Period, int Length) PeriodAt(IReadOnlyList<string> words, int at, DateOnly today)
    {
        for (var length = Math.Min(LongestPeriod, words.Count - at); length > 0; length--)
        {
            if (StatsPeriod.Parse(string.Join(' ', words.Skip(at).Take(length)), today) is { } period)
                return (period, length);
        }

        return default;
    }

    private static (int Length, Tag? Tool, Tag? Label) Longest(IReadOnlyList<string> words, int at, TeamSettings settings)
    {
        for (var length = Math.Min(LongestName, words.Count - at); length > 0; length--)
        {
            var name = string.Join(' ', words.Skip(at).Take(length)).Trim('"');
            if (Find(settings.Tools, name) is { } tool)
                return (length, tool, null);
            if (Find(settings.Labels, name) is { } label)
                return (length, null, label);
        }

        return default;
    }

    // What is archived has numbers all the same; what is in use comes first.
    private static Tag? Find(IReadOnlyList<Tag> tags, string name) =>
        tags.OrderBy(t => t.Archived).FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || t.Id.Equals(name, StringComparison.OrdinalIgnoreCase));
}
