using Subot.Domain.Facts;
using Subot.Domain.Patterns;
using Subot.Domain.Values;

namespace Subot.Domain.Settings;

/// <summary>The settings that are valid from an instant on.</summary>
/// <param name="Number">Counts the versions from 1 in the order in which they were written.</param>
/// <param name="Author">Who wrote it: a user id, or the name of a program.</param>
public sealed record SettingsVersion(int Number, Ts ValidFrom, TeamSettings Settings, string Author)
{
    /// <summary>When it was written, by the writer's clock.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>What the environment said when it wrote the version, by variable; null if somebody else wrote it.</summary>
    public ValueDictionary<string>? Environment { get; init; }

    private WorkingClock? _clock;
    private TimeZoneInfo? _zone;
    private PatternMatcher? _tools;
    private PatternMatcher? _labels;

    /// <summary>The team's zone.</summary>
    public TimeZoneInfo Zone => _zone ??= Settings.Calendar.Zone;

    /// <summary>The team's working clock; a channel may have one of its own, see <see cref="SettingsHistory.ClockOf"/>.</summary>
    public WorkingClock Clock => _clock ??= new WorkingClock(Settings.WorkingHours, Zone);

    /// <summary>What the patterns find in the text of a request.</summary>
    public Findings Find(string text)
    {
        if (Settings.Tools.Count == 0 && Settings.Labels.Count == 0)
            return Findings.None;
        var tools = (_tools ??= Matcher(Settings.Tools)).Match(text);
        var labels = (_labels ??= Matcher(Settings.Labels)).Match(text);
        return tools.Ids.Count == 0 && labels.Ids.Count == 0 && !tools.TimedOut && !labels.TimedOut
            ? Findings.None
            : new Findings([.. tools.Ids], [.. labels.Ids], tools.TimedOut || labels.TimedOut);
    }

    /// <inheritdoc/>
    public bool Equals(SettingsVersion? other) => other is not null && Number == other.Number && ValidFrom == other.ValidFrom && Author == other.Author
        && WrittenAt == other.WrittenAt && Equals(Environment, other.Environment) && Settings.Equals(other.Settings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, ValidFrom, Author);

    // A stored pattern may be one that only an earlier version of the program took: it finds nothing, and the others go on.
    private static PatternMatcher Matcher(ValueList<Tag> tags) =>
        new(tags.Where(t => !t.Archived).Select(t => (t.Id, (IReadOnlyList<Pattern>)[.. t.Patterns.Where(p => Pattern.Problem(p) is null)])));
}
