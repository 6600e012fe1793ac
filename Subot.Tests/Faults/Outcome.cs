using System.Text.Json;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Numbers;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Faults;

/// <summary>What a bot's store says in the end.</summary>
/// <param name="Threads">What each thread adds to the numbers, by thread: status, durations, everything.</param>
/// <param name="Numbers">The numbers of each channel.</param>
/// <param name="Actions">Every action and where it stands.</param>
/// <param name="Differences">What a check finds.</param>
internal sealed record Outcome(
    IReadOnlyDictionary<string, string> Threads,
    IReadOnlyDictionary<string, string> Numbers,
    IReadOnlyDictionary<string, ActionStatus> Actions,
    IReadOnlyList<string> Differences)
{
    public static async Task<Outcome> ReadAsync(string folder, IReadOnlyList<string> channels, Ts asOf, CancellationToken ct)
    {
        await using var store = SqliteStore.Open(folder);
        var threads = new Dictionary<string, string>();
        await foreach (var record in store.ReadThreadsAsync(null, ct))
            threads[record.Thread.State.Key.ToString()] = JsonSerializer.Serialize((record.Contribution, record.Dimensions), s_fields);

        var settings = await store.SettingsAsync(ct);
        var numbers = new Dictionary<string, string>();
        foreach (var channel in channels)
        {
            var query = new NumbersQuery([new ChannelId(channel)], Ts.Zero, Ts.Max, asOf, NumbersFilter.None);
            numbers[channel] = JsonSerializer.Serialize(await store.NumbersAsync(query, settings, ct));
        }

        var actions = new Dictionary<string, ActionStatus>();
        await foreach (var action in store.ReadActionsAsync(ct))
            actions[action.Action.Id] = action.SecondPost is null ? action.Status : throw new InvalidOperationException($"{action.Action.Id} still has a double");
        return new Outcome(threads, numbers, actions, (await Check.RunAsync(store, ct)).Differences);
    }

    private static readonly JsonSerializerOptions s_fields = new() { IncludeFields = true };
}
