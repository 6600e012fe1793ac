using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>The settings as of now, kept at hand for the loop.</summary>
internal sealed class CurrentSettings(SettingsHistory history)
{
    private volatile SettingsHistory _history = history;

    public SettingsHistory History => _history;

    public void Replace(SettingsHistory history) => _history = history;

    /// <summary>
    /// Reads the stored settings, and makes the environment's values a new version if they differ. The first version was always valid.
    /// </summary>
    public static async Task<SettingsHistory> LoadAsync(ISettingsStore store, TeamSettings wanted, TimeProvider time, CancellationToken ct)
    {
        var history = await store.SettingsAsync(ct);
        if (!history.IsEmpty && history.Latest.Settings.Equals(wanted))
            return history;

        // Of two versions that are valid from the same instant the later written one counts: also when the clock was set back since.
        var now = Ts.From(time.GetUtcNow());
        var validFrom = history.IsEmpty ? Ts.Zero : history.Latest.ValidFrom > now ? history.Latest.ValidFrom : now;
        var number = history.IsEmpty ? 1 : history.Versions.Max(v => v.Number) + 1;
        await store.AppendSettingsAsync(new SettingsVersion(number, validFrom, wanted, "environment"), time.GetUtcNow(), ct);
        return await store.SettingsAsync(ct);
    }
}
