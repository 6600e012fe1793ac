using System.Text.Json;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>What a check found.</summary>
internal sealed record CheckReport(int Threads, long Facts, IReadOnlyList<string> Differences);

/// <summary>Recomputes every projection and number from the facts and compares them with what is stored.</summary>
internal static class Check
{
    private const int MostDifferences = 100;
    private const int MostReads = 10;

    // One instant for both sides, after all that is known.
    private static readonly Ts s_asOf = new(253_402_300_799 / 60 * Ts.Second);

    public static async Task<CheckReport> RunAsync(IStore store, CancellationToken ct)
    {
        var reports = new List<CheckReport>();
        foreach (var channel in await ChannelsAsync(store, ct))
            reports.Add(await OfChannelAsync(store, channel, ct));
        return new CheckReport(reports.Sum(r => r.Threads), reports.Sum(r => r.Facts), [.. reports.SelectMany(r => r.Differences).Take(MostDifferences)]);
    }

    /// <summary>
    /// Checks a channel. A bot may be writing: threads and numbers are read one after the other, so that a difference between them counts
    /// only if nothing changed in between. Otherwise both are read again.
    /// </summary>
    private static async Task<CheckReport> OfChannelAsync(IStore store, ChannelId channel, CancellationToken ct)
    {
        for (var reads = 1; ; reads++)
        {
            var settings = await store.SettingsAsync(ct);
            var before = await StoredAsync(store, channel, settings, ct);
            var (report, recomputed) = await RecomputeAsync(store, channel, settings, ct);
            var after = await StoredAsync(store, channel, settings, ct);
            var sameSettings = Newest(settings) == Newest(await store.SettingsAsync(ct));
            if (sameSettings && (recomputed == before || recomputed == after))
                return report;
            if (sameSettings && before == after)
                return report with { Differences = [.. report.Differences, $"{channel}: the stored numbers are not the sum of its threads"] };
            if (reads == MostReads)
                return report with { Differences = [.. report.Differences, $"{channel}: it changed each time it was checked; check it again when less happens there"] };
        }
    }

    /// <summary>Looks at every thread; the numbers are those of all of them.</summary>
    private static async Task<(CheckReport Report, string Numbers)> RecomputeAsync(IStore store, ChannelId channel, SettingsHistory settings, CancellationToken ct)
    {
        var differences = new List<string>();
        var (threads, facts) = (0, 0L);
        var recomputed = new NumbersTally(new AsOf(s_asOf, settings));
        await foreach (var record in store.ReadThreadsAsync(channel, ct))
        {
            threads++;
            facts += record.Facts.Count;
            var state = ThreadProjection.Fold(record.Thread.State.Key, record.Facts, settings);
            var contribution = Contribution.Of(state, settings);
            if (Describe(state) != Describe(record.Thread.State) && differences.Count < MostDifferences)
                differences.Add($"{state.Key}: the stored state is not what its facts give");
            if (contribution is { Kind: RootKind.Missing, Replies: 0 })
                continue;
            recomputed.Add(contribution);
            if ((Describe(contribution) != Describe(record.Contribution) || Dimensions.Of(state, settings) != record.Dimensions) && differences.Count < MostDifferences)
                differences.Add($"{state.Key}: its stored share of the numbers is not what its facts give");
        }

        return (new CheckReport(threads, facts, differences), Describe(recomputed.Numbers()));
    }

    private static async Task<string> StoredAsync(IStore store, ChannelId channel, SettingsHistory settings, CancellationToken ct) =>
        Describe(await store.NumbersAsync(new NumbersQuery([channel], Ts.Zero, Ts.Max, s_asOf, NumbersFilter.None), settings, ct));

    private static async Task<IReadOnlyList<ChannelId>> ChannelsAsync(IStore store, CancellationToken ct)
    {
        var channels = (await store.ChannelsAsync(ct)).Select(c => c.Id).ToHashSet();
        await foreach (var record in store.ReadThreadsAsync(null, ct))
            channels.Add(record.Thread.State.Key.Channel);
        return [.. channels.Order()];
    }

    private static int Newest(SettingsHistory settings) => settings.Versions.Select(v => v.Number).DefaultIfEmpty().Max();

    /// <summary>All of a value, as a text that can be compared.</summary>
    public static string Describe<T>(T value) => JsonSerializer.Serialize(value);
}
