using System.Collections.Frozen;

namespace Subot.Domain.Settings;

/// <summary>
/// Everything besides facts that the projection reads. A version of it is valid from an instant on; a thread uses the one that is valid
/// at its root, but for the team: who belongs to it is judged at each message.
/// </summary>
public sealed record TeamSettings
{
    /// <summary>IANA zone of the working hours, of local days and of weeks.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>When the team works.</summary>
    public WorkingHours WorkingHours { get; init; } = WorkingHours.Default;

    /// <summary>Working seconds within which a first response is due.</summary>
    public long ResponseTargetSeconds { get; init; } = 3600;

    /// <summary>Seconds of silence after which an open request expires; null: never.</summary>
    public long? ExpireAfterSeconds { get; init; } = 14 * 24 * 3600;

    /// <summary>Emoji that solve a request.</summary>
    public IReadOnlySet<string> SolvedEmoji { get; init; } = Set("heavy_check_mark", "white_check_mark");

    /// <summary>Emoji of the team that acknowledge a request.</summary>
    public IReadOnlySet<string> AcknowledgingEmoji { get; init; } = Set("eyes");

    /// <summary>Emoji of the team that take a message out of the statistics.</summary>
    public IReadOnlySet<string> NotARequestEmoji { get; init; } = Set("no_entry_sign");

    /// <summary>The members of the team.</summary>
    public IReadOnlySet<string> Team { get; init; } = Set();

    /// <summary>Names or ids as a set.</summary>
    public static IReadOnlySet<string> Set(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Equals(TeamSettings? other) => other is not null
        && TimeZone == other.TimeZone
        && WorkingHours.Equals(other.WorkingHours)
        && ResponseTargetSeconds == other.ResponseTargetSeconds
        && ExpireAfterSeconds == other.ExpireAfterSeconds
        && SolvedEmoji.SetEquals(other.SolvedEmoji)
        && AcknowledgingEmoji.SetEquals(other.AcknowledgingEmoji)
        && NotARequestEmoji.SetEquals(other.NotARequestEmoji)
        && Team.SetEquals(other.Team);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TimeZone, WorkingHours, ResponseTargetSeconds, ExpireAfterSeconds, Team.Count);
}
