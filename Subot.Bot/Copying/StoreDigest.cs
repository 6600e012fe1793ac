using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Subot.Bot.Apply;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Bot.Copying;

/// <summary>What a store holds, in a few words that can be compared: equal stores have equal digests, whatever their engine.</summary>
/// <param name="ThreadsHash">Of every thread: its facts, state, contribution and texts.</param>
/// <param name="ActionsHash">Of every action as it stands.</param>
/// <param name="NumbersHash">Of the numbers that the store itself adds up: all, by month and by each dimension.</param>
/// <param name="PeopleHash">Of all that is known of people.</param>
internal sealed record StoreDigest(
    int Threads,
    long Facts,
    long Texts,
    int Actions,
    int People,
    string ThreadsHash,
    string ActionsHash,
    string NumbersHash,
    string PeopleHash)
{
    private const int PerRead = 200;
    private const int HashBytes = 32;

    /// <summary>Reads a whole store.</summary>
    public static async Task<StoreDigest> OfAsync(IStore store, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (threads, facts, texts, records) = (0, 0L, 0L, new List<ThreadRecord>(PerRead));
        await foreach (var record in store.ReadThreadsAsync(null, ct))
        {
            records.Add(record);
            (threads, facts) = (threads + 1, facts + record.Facts.Count);
            if (records.Count == PerRead)
                texts += await AddAsync(hash, store, records, ct);
        }

        texts += await AddAsync(hash, store, records, ct);
        var (actions, actionsHash) = await ActionsAsync(store, ct);
        var (people, peopleHash) = await PeopleAsync(store, ct);
        return new StoreDigest(threads, facts, texts, actions, people, Convert.ToHexString(hash.GetHashAndReset()), actionsHash, await NumbersAsync(store, ct), peopleHash);
    }

    private static async Task<int> AddAsync(IncrementalHash hash, IStore store, List<ThreadRecord> records, CancellationToken ct)
    {
        var messages = records.SelectMany(r => r.Facts.OfType<MessageFact>(), (r, m) => new MessageKey(r.Thread.State.Key.Channel, m.Time)).ToList();
        var texts = await store.LoadTextsAsync(messages, ct);
        foreach (var record in records)
        {
            Add(Check.Describe(record.Thread.State));
            foreach (var fact in record.Facts)
                Add($"{fact.Kind} {JsonSerializer.Serialize(fact, fact.GetType())}");
            Add(Check.Describe(record.Contribution));
            Add(record.Dimensions.ToString());
        }

        foreach (var message in messages)
            Add(texts.GetValueOrDefault(message, "-"));
        records.Clear();
        return texts.Count;

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    /// <summary>Actions come in any order: their hashes are mixed so that it does not matter.</summary>
    private static async Task<(int Count, string Hash)> ActionsAsync(IStore store, CancellationToken ct)
    {
        var (count, mixed) = (0, new byte[HashBytes]);
        await foreach (var action in store.ReadActionsAsync(ct))
        {
            count++;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Check.Describe(action)));
            for (var i = 0; i < HashBytes; i++)
                mixed[i] ^= hash[i];
        }

        return (count, Convert.ToHexString(mixed));
    }

    private static async Task<(int Count, string Hash)> PeopleAsync(IStore store, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        await foreach (var person in store.ReadPeopleAsync(ct))
        {
            count++;
            hash.AppendData(Encoding.UTF8.GetBytes(Check.Describe(person)));
        }

        return (count, Convert.ToHexString(hash.GetHashAndReset()));
    }

    private static async Task<string> NumbersAsync(IStore store, CancellationToken ct)
    {
        var settings = await store.SettingsAsync(ct) is { IsEmpty: false } written ? written : SettingsHistory.Always(new TeamSettings());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var channels = await store.ChannelsAsync(ct);
        foreach (var channel in channels.OrderBy(c => c.Id))
        {
            var asOf = channel.CompleteUntil;
            var all = new NumbersQuery([channel.Id], Ts.Zero, Ts.Max, asOf, NumbersFilter.None);
            Add(await store.NumbersAsync(all, settings, ct));
            foreach (var dimension in Enum.GetValues<NumbersDimension>())
                Add(await store.BreakdownAsync(all, dimension, settings, ct));
            foreach (var (from, to) in await MonthsAsync(store, channel, ct))
                Add(await store.NumbersAsync(all with { From = from, To = to }, settings, ct));
        }

        return Convert.ToHexString(hash.GetHashAndReset());

        void Add<T>(T numbers) => hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(numbers));
    }

    private static async Task<IReadOnlyList<(Ts From, Ts To)>> MonthsAsync(IStore store, ChannelRecord channel, CancellationToken ct)
    {
        if ((await store.ThreadsBetweenAsync(channel.Id, Ts.Zero, Ts.Max, ct)) is not [var first, .., var last])
            return [];
        var months = new List<(Ts, Ts)>();
        var month = first.Root.ToDateTimeOffset();
        for (month = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero); Ts.From(month) <= last.Root; month = month.AddMonths(1))
            months.Add((Ts.From(month), Ts.From(month.AddMonths(1))));
        return months;
    }
}
