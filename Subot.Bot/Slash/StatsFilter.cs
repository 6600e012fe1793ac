using Subot.Domain.Numbers;
using Subot.Domain.Settings;

namespace Subot.Bot.Slash;

/// <summary>The filter of the numbers for tools and labels that somebody named.</summary>
internal static class StatsFilter
{
    /// <summary>The filter; null as long as the numbers cannot be filtered by what is named.</summary>
    public static NumbersFilter? Of(IReadOnlyList<Tag> tools, IReadOnlyList<Tag> labels) =>
        tools.Count + labels.Count == 0 ? NumbersFilter.None : null;
}
