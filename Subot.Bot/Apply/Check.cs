using System.Text.Json;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage;

namespace Subot.Bot.Apply;

/// <summary>What a check found.</summary>
internal sealed record CheckReport(int Threads, long Facts, IReadOnlyList<string> Differences);

/// <summary>Recomputes every projection and number from the facts and compares them with what is stored.</summary>
internal static class Check
{
    private const int MostDifferences = 100;

    public static async Task<CheckReport> RunAsync(IStore store, CancellationToken ct)
    {
        var settings = await store.SettingsAsync(ct);
        var differences = new List<string>();
        var (threads, facts) = (0, 0L);
        foreach (var channel in await ChannelsAsync(store, ct))
        {
            // One instant for both sides, after all that is known.
            var asOf = new Ts(253_402_300_799 / 60 * Ts.Second);
            var recomputed = new NumbersTally(new AsOf(asOf, settings));
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
                if ((Describe(contribution) != Describe(record.Contribution) || Dimensions.Of(state) != record.Dimensions) && differences.Count < MostDifferences)
                    differences.Add($"{state.Key}: its stored share of the numbers is not what its facts give");
            }

            var stored = await store.NumbersAsync(new NumbersQuery([channel], Ts.Zero, Ts.Max, asOf, NumbersFilter.None), settings, ct);
            if (Describe(stored) != Describe(recomputed.Numbers()))
                differences.Add($"{channel}: the stored numbers are not the sum of its threads");
        }

        return new CheckReport(threads, facts, differences);
    }

    private static async Task<IReadOnlyList<ChannelId>> ChannelsAsync(IStore store, CancellationToken ct)
    {
        var channels = (await store.ChannelsAsync(ct)).Select(c => c.Id).ToHashSet();
        await foreach (var record in store.ReadThreadsAsync(null, ct))
            channels.Add(record.Thread.State.Key.Channel);
        return [.. channels.Order()];
    }

    private static string Describe<T>(T value) => JsonSerializer.Serialize(value);
}
