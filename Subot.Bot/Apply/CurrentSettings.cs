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
        while (true)
        {
            var history = await store.SettingsAsync(ct);
            if (!history.IsEmpty && history.Latest.Settings.Equals(wanted))
                return history;
            var validFrom = history.IsEmpty ? Ts.Zero : Ts.From(time.GetUtcNow());
            var number = history.IsEmpty ? 1 : history.Versions.Max(v => v.Number) + 1;
            await store.AppendSettingsAsync(new SettingsVersion(number, validFrom, wanted, "environment"), time.GetUtcNow(), ct);
        }
    }
}
