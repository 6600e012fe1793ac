namespace Subot.Domain.Settings;

/// <summary>All versions of the settings. Decisions have no other input besides the facts.</summary>
public sealed class SettingsHistory
{
    private readonly SettingsVersion[] _byTime;
    private readonly List<WorkingClock> _clocks = [];
    private readonly Dictionary<Calendar, int> _numbers = [];
    private readonly Dictionary<int, int> _calendars = [];
    private readonly Dictionary<(int Version, string Channel), int> _channelCalendars = [];

    /// <summary>The history of these versions; of two that are valid from the same instant the later written one counts.</summary>
    public SettingsHistory(params IEnumerable<SettingsVersion> versions)
    {
        Written = [.. versions.OrderBy(v => v.Number)];
        _byTime = [.. Written.GroupBy(v => v.ValidFrom).Select(g => g.Last()).OrderBy(v => v.ValidFrom)];
        // Numbered by their first use in the order of writing, so that a further version changes no number.
        foreach (var version in Written)
        {
            _calendars[version.Number] = NumberOf(version.Settings.Calendar, () => version.Clock);
            foreach (var (channel, calendar) in version.Settings.ChannelCalendars)
                _channelCalendars[(version.Number, channel)] = NumberOf(calendar, () => new WorkingClock(calendar.Hours, calendar.Zone));
        }
    }

    /// <summary>A history of one version that was always valid.</summary>
    public static SettingsHistory Always(TeamSettings settings) => new(new SettingsVersion(1, Ts.Zero, settings, "default"));

    /// <summary>The versions that count, in the order in which they become valid.</summary>
    public IReadOnlyList<SettingsVersion> Versions => _byTime;

    /// <summary>Every version, in the order in which they were written: who changed what, when.</summary>
    public IReadOnlyList<SettingsVersion> Written { get; }

    /// <summary>Whether nothing was ever set.</summary>
    public bool IsEmpty => _byTime.Length == 0;

    /// <summary>The version that becomes valid last.</summary>
    public SettingsVersion Latest => _byTime[^1];

    /// <summary>The number of the newest version that was written; 0 if none was.</summary>
    public int Number => Written.Count == 0 ? 0 : Written[^1].Number;

    /// <summary>The working clocks of all calendars that were ever valid, by their numbers.</summary>
    public IReadOnlyList<WorkingClock> Clocks => _clocks;

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
    public bool InTeam(UserId user, Ts instant) => At(instant).Settings.IsInTeam(user);

    /// <summary>The number of a channel's calendar under a version.</summary>
    public int CalendarOf(SettingsVersion version, ChannelId channel) =>
        _channelCalendars.Count > 0 && _channelCalendars.TryGetValue((version.Number, channel.Value), out var own) ? own : _calendars[version.Number];

    /// <summary>The working clock of a channel under a version.</summary>
    public WorkingClock ClockOf(SettingsVersion version, ChannelId channel) => _clocks[CalendarOf(version, channel)];

    private int NumberOf(Calendar calendar, Func<WorkingClock> clock)
    {
        if (_numbers.TryGetValue(calendar, out var number))
            return number;
        _clocks.Add(clock());
        return _numbers[calendar] = _clocks.Count - 1;
    }
}
