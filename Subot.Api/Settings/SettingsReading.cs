using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Api.Settings;

/// <summary>
/// The settings as they are now: read again when somebody has written, and every two seconds, for versions are rewritten in place when a
/// person is erased.
/// </summary>
internal sealed class SettingsReading(ISettingsStore store, TimeProvider time)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(2);
    private static readonly SettingsHistory s_none = SettingsHistory.Always(new TeamSettings());
    private volatile Known? _known;

    /// <summary>All versions; of a store that nobody has set anything in, what settings are by themselves.</summary>
    public async ValueTask<SettingsHistory> HistoryAsync(CancellationToken ct)
    {
        var known = _known;
        if (known is not null && time.GetElapsedTime(known.At) < s_kept && await store.NewestSettingsAsync(ct) == known.History.Number)
            return known.History;
        var at = time.GetTimestamp();
        var read = await store.SettingsAsync(ct);
        if (read.IsEmpty)
            return s_none;
        _known = new Known(read, at);
        return read;
    }

    /// <summary>What is valid at an instant.</summary>
    public async ValueTask<TeamSettings> AtAsync(Ts instant, CancellationToken ct) => (await HistoryAsync(ct)).At(instant).Settings;

    private sealed record Known(SettingsHistory History, long At);
}
