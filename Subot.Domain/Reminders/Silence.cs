namespace Subot.Domain.Reminders;

/// <summary>A stretch during which nobody moves a request whose turn is the team's.</summary>
/// <param name="Since">The message that began it.</param>
/// <param name="Snoozes">
/// When somebody put off its reminders until tomorrow, in order; what lies before <paramref name="Since"/> counts for nothing.
/// </param>
public sealed record Silence(Ts Since, params IReadOnlyList<Ts> Snoozes)
{
    /// <inheritdoc/>
    public bool Equals(Silence? other) => other is not null && Since == other.Since && Snoozes.SequenceEqual(other.Snoozes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Since, Snoozes.Count);
}
