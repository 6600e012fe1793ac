using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Reports;

/// <summary>A thread, and what it adds to the numbers.</summary>
internal readonly record struct StoodThread(ProjectedThread State, Contribution Contribution);

/// <summary>Looks back: every thread is projected from what had happened before an instant, one after the other.</summary>
internal static class AsItStood
{
    /// <summary>The threads whose root lies in [from, to), as they stood at an instant.</summary>
    public static async IAsyncEnumerable<StoodThread> ThreadsAsync(
        IThreadStore store,
        ChannelId channel,
        Ts from,
        Ts to,
        SettingsHistory settings,
        Ts asOf,
        [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var key in await store.ThreadsBetweenAsync(channel, from, to, ct))
        {
            var state = ThreadProjection.Fold(key, await store.LoadFactsAsync(key, ct), settings, asOf);
            var contribution = Contribution.Of(state, settings);
            // What had not begun adds nothing.
            if (contribution is not { Kind: RootKind.Missing, Replies: 0 })
                yield return new StoodThread(state, contribution);
        }
    }

    /// <summary>The numbers as they stood at the query's instant.</summary>
    public static async Task<TeamNumbers> NumbersAsync(
        IThreadStore store, NumbersQuery query, SettingsHistory settings, CancellationToken ct)
    {
        var tally = new NumbersTally(new AsOf(query.AsOf, settings));
        foreach (var channel in query.Channels)
        {
            await foreach (var (state, contribution) in ThreadsAsync(store, channel, query.From, query.To, settings, query.AsOf, ct))
            {
                if (query.Filter.Matches(contribution, Dimensions.Of(state, settings)))
                    tally.Add(contribution);
            }
        }

        return tally.Numbers(query.Filter.KeepsWaiting);
    }
}
