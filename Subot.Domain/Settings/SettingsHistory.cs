namespace Subot.Domain.Settings;

/// <summary>The settings that are valid from an instant on.</summary>
/// <param name="Number">Counts the versions from 1; contributions name their calendar by it.</param>
/// <param name="Author">Who wrote it: a user id, or the name of a program.</param>
public sealed record SettingsVersion(int Number, Ts ValidFrom, TeamSettings Settings, string Author)
{
    /// <summary>The zone of the settings.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Settings.TimeZone);

    private WorkingClock? _clock;

    /// <summary>The working clock of the settings.</summary>
    public WorkingClock Clock => _clock ??= new WorkingClock(Settings.WorkingHours, Zone);
}

/// <summary>All versions of the settings. The projection has no other input besides the facts.</summary>
public sealed class SettingsHistory
{
    private readonly SettingsVersion[] _byTime;

    /// <summary>The history of these versions; of two that are valid from the same instant the later written one counts.</summary>
    public SettingsHistory(params IEnumerable<SettingsVersion> versions)
    {
        _byTime = [.. versions.GroupBy(v => v.ValidFrom).Select(g => g.MaxBy(v => v.Number)!).OrderBy(v => v.ValidFrom)];
    }

    /// <summary>A history of one version that was always valid.</summary>
    public static SettingsHistory Always(TeamSettings settings) => new(new SettingsVersion(1, Ts.Zero, settings, "default"));

    /// <summary>The versions in the order in which they become valid.</summary>
    public IReadOnlyList<SettingsVersion> Versions => _byTime;

    /// <summary>Whether nothing was ever set.</summary>
    public bool IsEmpty => _byTime.Length == 0;

    /// <summary>The newest version.</summary>
    public SettingsVersion Latest => _byTime[^1];

    /// <summary>The version that is valid at an instant; before the first one, the first.</summary>
    public SettingsVersion At(Ts instant)
    {
        for (var i = _byTime.Length - 1; i > 0; i--)
        {
            if (_byTime[i].ValidFrom <= instant)
                return _byTime[i];
        }

        return _byTime[0];
    }

    /// <summary>Whether somebody belongs to the team at an instant.</summary>
    public bool InTeam(UserId user, Ts instant) => At(instant).Settings.Team.Contains(user.Value);
}
