using Subot.Domain.Numbers;
using Subot.Domain.Settings;

namespace Subot.Bot.Slash;

/// <summary>The filter of the numbers for tools and labels that somebody named.</summary>
internal static class StatsFilter
{
    /// <summary>Requests with one of the tools and one of the labels, as far as some are named.</summary>
    public static NumbersFilter Of(IReadOnlyList<Tag> tools, IReadOnlyList<Tag> labels) => new()
    {
        Tools = [.. tools.Select(t => t.Id)],
        Labels = [.. labels.Select(l => l.Id)],
    };
}
