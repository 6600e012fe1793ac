using Subot.Domain;
using Subot.Domain.Settings;

namespace Subot.Bot.Settings;

/// <summary>The settings as they are known now, at hand for everybody. They are replaced as a whole.</summary>
internal sealed class CurrentSettings(SettingsHistory history)
{
    private volatile SettingsHistory _history = history;

    public SettingsHistory History => _history;

    /// <summary>The settings that are valid at an instant.</summary>
    public TeamSettings At(Ts instant) => _history.At(instant).Settings;

    /// <summary>Takes a newer history in place of the one there was; an older one is not taken.</summary>
    public void Replace(SettingsHistory newer)
    {
        SettingsHistory known;
        do
        {
            known = _history;
            if (newer.Number < known.Number)
                return;
        }
        while (Interlocked.CompareExchange(ref _history, newer, known) != known);
    }
}
