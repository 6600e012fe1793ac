using Subot.Domain.Settings;

namespace Subot.Domain.OnCall;

/// <summary>The plan that is valid from an instant on, and the zone of its days.</summary>
public sealed record OnCallVersion(Ts ValidFrom, OnCallPlan Plan, TimeZoneInfo Zone);

/// <summary>
/// All versions of the plan. Who was on call at an instant is what the version says that is valid then, so a later version never rewrites
/// the past.
/// </summary>
public sealed class OnCallHistory
{
    private readonly OnCallVersion[] _byTime;

    /// <summary>The history of these versions; of two that are valid from the same instant the later one in the list counts.</summary>
    public OnCallHistory(params IEnumerable<OnCallVersion> versions) => _byTime = [.. versions.OrderBy(v => v.ValidFrom)];

    /// <summary>The plans of all settings that ever counted.</summary>
    public static OnCallHistory Of(SettingsHistory settings) =>
        new(settings.Versions.Select(v => new OnCallVersion(v.ValidFrom, v.Settings.OnCall, v.Zone)));

    /// <summary>
    /// The user id of who is on call for a channel at an instant; null: nobody. Before the first version, the first counts.
    /// </summary>
    public string? UserAt(ChannelId channel, Ts instant)
    {
        var version = Array.FindLast(_byTime, v => v.ValidFrom <= instant) ?? _byTime.FirstOrDefault();
        return version?.Plan.UserAt(channel, instant, version.Zone);
    }

    /// <inheritdoc cref="OnCallPlan.Shifts"/>
    public IEnumerable<Shift> Shifts(ChannelId channel, Ts from, Ts to) => Shift.Merged(Pieces(channel, from, to));

    private IEnumerable<Shift> Pieces(ChannelId channel, Ts from, Ts to)
    {
        if (_byTime.Length == 0 && from < to)
            yield return new Shift(from, to, null);

        for (var i = 0; i < _byTime.Length; i++)
        {
            var end = i + 1 < _byTime.Length && _byTime[i + 1].ValidFrom < to ? _byTime[i + 1].ValidFrom : to;
            if (end <= from)
                continue;
            foreach (var shift in _byTime[i].Plan.Shifts(channel, from, end, _byTime[i].Zone))
                yield return shift;
            from = end;
        }
    }
}
