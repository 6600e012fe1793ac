using System.Text.Json;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage;

namespace Subot.Tests.Faults;

/// <summary>What a bot's store says in the end.</summary>
/// <param name="Threads">What each thread adds to the numbers, by thread: status, durations, everything.</param>
/// <param name="Facts">What people did, as it was told live; what history alone shows has other times, or none.</param>
/// <param name="Numbers">The numbers of each channel.</param>
/// <param name="Actions">Every action and where it stands.</param>
/// <param name="Differences">What a check finds.</param>
internal sealed record Outcome(
    IReadOnlyDictionary<string, string> Threads,
    IReadOnlySet<string> Facts,
    IReadOnlyDictionary<string, string> Numbers,
    IReadOnlyDictionary<string, ActionStatus> Actions,
    IReadOnlyList<string> Differences)
{
    public static async Task<Outcome> ReadAsync(IStore store, IReadOnlyList<string> channels, Ts asOf, CancellationToken ct)
    {
        var threads = new Dictionary<string, string>();
        var facts = new HashSet<string>();
        await foreach (var record in store.ReadThreadsAsync(null, ct))
        {
            var key = record.Thread.State.Key.ToString();
            threads[key] = JsonSerializer.Serialize((record.Contribution, record.Dimensions), s_fields);
            facts.UnionWith(record.Facts
                .Where(f => f is not (SnapshotFact or MessageFact { AuthorKind: AuthorKind.Self }))
                .Select(f => $"{key} {f.Kind} {f.Time} {f.Key}"));
        }

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
        return new Outcome(threads, facts, numbers, actions, (await Check.RunAsync(store, ct)).Differences);
    }

    /// <summary>In what this outcome differs from what was expected; nothing if it does not.</summary>
    public IReadOnlyList<string> DifferencesFrom(Outcome expected) =>
    [
        .. Differences.Select(d => $"check: {d}"),
        .. expected.Differences.Select(d => $"check of what was expected: {d}"),
        .. expected.Facts.Except(Facts).Take(10).Select(f => $"acknowledged and not stored: {f}"),
        .. Compare(Threads, expected.Threads),
        .. Compare(Numbers, expected.Numbers),
        .. Compare(Actions, expected.Actions),
    ];

    private static IEnumerable<string> Compare<T>(IReadOnlyDictionary<string, T> actual, IReadOnlyDictionary<string, T> expected) =>
        actual.Keys.Union(expected.Keys).Order()
            .Where(key => !Equals(actual.GetValueOrDefault(key), expected.GetValueOrDefault(key)) || actual.ContainsKey(key) != expected.ContainsKey(key))
            .Select(key => $"{key}: {actual.GetValueOrDefault(key)} instead of {expected.GetValueOrDefault(key)}").Take(10);

    private static readonly JsonSerializerOptions s_fields = new() { IncludeFields = true };
}
