using Subot.Domain.Values;

namespace Subot.Domain.Facts;

/// <summary>What patterns found in a text, or what a person said that it is about.</summary>
/// <param name="Tools">Ids of tools.</param>
/// <param name="Labels">Ids of labels.</param>
/// <param name="TimedOut">A pattern took too long: there may be more.</param>
public sealed record Findings(ValueList<string> Tools, ValueList<string> Labels, bool TimedOut)
{
    /// <summary>Nothing.</summary>
    public static Findings None { get; } = new([], [], false);
}
