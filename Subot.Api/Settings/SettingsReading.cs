using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Api.Settings;

/// <summary>The settings as they are now: read again when somebody has written.</summary>
internal sealed class SettingsReading(ISettingsStore store)
{
    private static readonly SettingsHistory s_none = SettingsHistory.Always(new TeamSettings());
    private volatile SettingsHistory? _known;

    /// <summary>All versions; of a store that nobody has set anything in, what settings are by themselves.</summary>
    public async ValueTask<SettingsHistory> HistoryAsync(CancellationToken ct)
    {
        var known = _known;
        if (known is not null && await store.NewestSettingsAsync(ct) == known.Number)
            return known;
        var read = await store.SettingsAsync(ct);
        if (read.IsEmpty)
            return s_none;
        return _known = read;
    }

    /// <summary>What is valid at an instant.</summary>
    public async ValueTask<TeamSettings> AtAsync(Ts instant, CancellationToken ct) => (await HistoryAsync(ct)).At(instant).Settings;
}
