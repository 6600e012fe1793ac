using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>The settings as of now, kept at hand for the loop.</summary>
internal sealed class CurrentSettings(SettingsHistory history)
{
    private const string Environment = "environment";

    public SettingsHistory History { get; } = history;

    /// <summary>
    /// Reads the stored settings, and makes the environment's values valid from now on if they differ. The first version was always valid.
    /// </summary>
    /// <param name="slacksTime">Now, on the clock of the messages: on ours the values would be valid too late or too early for them.</param>
    /// <param name="time">Our own clock, for the record.</param>
    public static async Task<SettingsHistory> LoadAsync(ISettingsStore store, TeamSettings wanted, Ts slacksTime, TimeProvider time, CancellationToken ct)
    {
        var history = await store.SettingsAsync(ct);
        foreach (var validFrom in history.IsEmpty ? [Ts.Zero] : Instants(history, slacksTime))
        {
            if (!history.IsEmpty && history.At(validFrom).Settings.Equals(wanted))
                continue;
            var number = history.IsEmpty ? 1 : history.Versions.Max(v => v.Number) + 1;
            await store.AppendSettingsAsync(new SettingsVersion(number, validFrom, wanted, Environment), time.GetUtcNow(), ct);
            history = await store.SettingsAsync(ct);
        }

        return history;
    }

    /// <summary>Now, and when earlier values of the environment would become valid: a clock that was ahead wrote them.</summary>
    private static List<Ts> Instants(SettingsHistory history, Ts now) =>
        [now, .. history.Versions.Where(v => v.ValidFrom > now && v.Author == Environment).Select(v => v.ValidFrom)];
}
