using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Domain.Settings;
using Subot.Storage;

namespace Subot.Tests.Storage;

/// <summary>
/// What a store should do, in the plainest way: dictionaries, and numbers by looking at every thread. Engines are compared with it.
/// </summary>
public sealed partial class MemoryStore : IStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ThreadKey, ThreadRecord> _threads = [];
    private readonly Dictionary<MessageKey, (Ts Root, string? Text)> _messages = [];
    private readonly Dictionary<ChannelId, ChannelRecord> _channels = [];
    private readonly SortedDictionary<string, StoredAction> _actions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<Ts>> _doubles = [];
    private readonly SortedDictionary<int, SettingsVersion> _settings = [];
    private readonly SortedDictionary<long, InboxItem> _inbox = [];
    private long _lastInboxId;
    private ProjectedWith _projectedWith;

    public ValueTask<IReadOnlyDictionary<MessageKey, ThreadKey>> FindThreadsAsync(
        IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        lock (_lock)
            return new(messages.Where(_messages.ContainsKey).Distinct().ToDictionary(m => m, m => new ThreadKey(m.Channel, _messages[m].Root)));
    }

    public ValueTask<IReadOnlyDictionary<ThreadKey, StoredThread>> LoadAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken ct)
    {
        lock (_lock)
            return new(threads.Where(_threads.ContainsKey).Distinct().ToDictionary(k => k, k => Copies.Of(_threads[k].Thread)));
    }

    public ValueTask<IReadOnlyDictionary<MessageKey, MessageFact>> LoadMessagesAsync(
        IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        lock (_lock)
        {
            var found = from key in messages.Distinct()
                        where _messages.ContainsKey(key)
                        let facts = _threads[new ThreadKey(key.Channel, _messages[key].Root)].Facts
                        let message = facts.OfType<MessageFact>().FirstOrDefault(m => m.Time == key.Ts)
                        where message is not null && !facts.OfType<DeletionFact>().Any(d => d.Message == key.Ts)
                        let edit = facts.OfType<EditFact>().LastOrDefault(e => e.Message == key.Ts)
                        select (key, edit is null ? message : message with { Verdicts = edit.Verdicts });
            return new(found.ToDictionary());
        }
    }

    public ValueTask<IReadOnlyList<Fact>> LoadFactsAsync(ThreadKey thread, CancellationToken ct)
    {
        lock (_lock)
            return new(_threads.TryGetValue(thread, out var record) ? record.Facts : []);
    }

    public ValueTask<IReadOnlyList<ThreadKey>> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        lock (_lock)
        {
            var expected = changes.Threads.Select(t => (t.State.Key, t.State.Key, t.ExpectedVersion))
                .Concat(changes.Threads.SelectMany(t => t.Absorbed, (t, a) => (t.State.Key, a.State.Key, a.Version)));
            var conflicts = expected.Where(e => Version(e.Item2) != e.Item3).Select(e => e.Item1).Distinct().ToList();
            if (conflicts.Count > 0)
                return new(conflicts);

            foreach (var change in changes.Threads)
                Apply(change, changes.Now);
            foreach (var post in changes.OwnPosts)
                Settle(post);
            foreach (var id in changes.InboxIds)
                _inbox.Remove(id);
            return new(conflicts);
        }
    }

    public async IAsyncEnumerable<ThreadRecord> ReadThreadsAsync(ChannelId? channel, [EnumeratorCancellation] CancellationToken ct)
    {
        List<ThreadRecord> records;
        lock (_lock)
            records = [.. _threads.Values.Where(r => channel is null || r.Thread.State.Key.Channel == channel)];
        foreach (var record in records)
        {
            ct.ThrowIfCancellationRequested();
            yield return record with { Thread = Copies.Of(record.Thread) };
        }

        await Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ThreadKey>> ThreadsBeforeAsync(ChannelId channel, Ts before, int limit, CancellationToken ct)
    {
        lock (_lock)
            return new([.. _threads.Keys.Where(k => k.Channel == channel && k.Root < before).OrderDescending().Take(limit)]);
    }

    public ValueTask<IReadOnlyList<ThreadKey>> ThreadsSinceAsync(Ts instant, CancellationToken ct)
    {
        lock (_lock)
            return new([.. _threads.Where(t => t.Value.Facts.Any(f => f.Time >= instant)).Select(t => t.Key)]);
    }

    public ValueTask<IReadOnlyList<ThreadKey>> ThreadsBetweenAsync(ChannelId channel, Ts from, Ts to, CancellationToken ct)
    {
        lock (_lock)
            return new([.. _threads.Keys.Where(k => k.Channel == channel && k.Root >= from && k.Root < to)]);
    }

    public ValueTask<IReadOnlyDictionary<MessageKey, string>> LoadTextsAsync(IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        lock (_lock)
            return new(messages.Distinct().Where(m => _messages.GetValueOrDefault(m).Text is not null).ToDictionary(m => m, m => _messages[m].Text!));
    }

    public ValueTask<IReadOnlyList<ThreadKey>> OpenThreadsAsync(ChannelId channel, Ts silentSince, int limit, CancellationToken ct)
    {
        lock (_lock)
        {
            return new([.. _threads.Values.Select(r => r.Thread.State)
                .Where(s => s.Key.Channel == channel && s.SilentSince <= silentSince)
                .OrderBy(s => s.SilentSince!.Value).ThenBy(s => s.Key).Take(limit).Select(s => s.Key)]);
        }
    }

    public ValueTask<IReadOnlyList<ChannelRecord>> ChannelsAsync(CancellationToken ct)
    {
        lock (_lock)
            return new([.. _channels.Values.OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id)]);
    }

    public ValueTask RecordChannelAsync(ChannelRecord channel, CancellationToken ct)
    {
        lock (_lock)
            _channels[channel.Id] = channel;
        return ValueTask.CompletedTask;
    }

    public ValueTask<TeamNumbers> NumbersAsync(NumbersQuery query, SettingsHistory settings, CancellationToken ct)
    {
        var tally = new NumbersTally(new AsOf(query.AsOf, settings));
        lock (_lock)
        {
            foreach (var record in Records(query.Channels).Where(r => r.Contribution.Root >= query.From && r.Contribution.Root < query.To))
            {
                if (query.Filter.Matches(record.Contribution, record.Dimensions))
                    tally.Add(record.Contribution);
            }
        }

        return new(tally.Numbers(query.Filter.KeepsWaiting));
    }

    public ValueTask<IReadOnlyList<NumbersPart>> BreakdownAsync(
        NumbersQuery query, NumbersDimension by, SettingsHistory settings, CancellationToken ct)
    {
        var tallies = new List<(string? Value, NumbersTally Tally)>();
        lock (_lock)
        {
            foreach (var record in Records(query.Channels).Where(r => r.Contribution.Root >= query.From && r.Contribution.Root < query.To))
            {
                if (record.Contribution.Kind != RootKind.Request || !query.Filter.Matches(record.Contribution, record.Dimensions))
                    continue;
                foreach (var value in Values(record.Dimensions, by))
                {
                    if (!tallies.Exists(t => t.Value == value))
                        tallies.Add((value, new NumbersTally(new AsOf(query.AsOf, settings))));
                    tallies.Find(t => t.Value == value).Tally.Add(record.Contribution);
                }
            }
        }

        return new([.. tallies.Select(t => new NumbersPart(t.Value, t.Tally.Numbers(query.Filter.KeepsWaiting && by != NumbersDimension.Responder)))
            .OrderBy(p => -p.Numbers.Requests).ThenBy(p => p.Value, StringComparer.Ordinal)]);
    }

    private static IEnumerable<string?> Values(Dimensions dimensions, NumbersDimension by)
    {
        IEnumerable<string?> values = by switch
        {
            NumbersDimension.Tool => dimensions.Tools,
            NumbersDimension.Label => dimensions.Labels,
            NumbersDimension.Answer => dimensions.Answers,
            NumbersDimension.Requester => new string?[] { dimensions.Requester?.Value },
            _ => new string?[] { dimensions.Responder?.Value },
        };
        return values.DefaultIfEmpty();
    }

    public ValueTask<IReadOnlyList<long>> BacklogAsync(
        IReadOnlyList<ChannelId> channels, IReadOnlyList<uint> instants, CancellationToken ct)
    {
        lock (_lock)
            return new([.. instants.Select(i => (long)Records(channels).Count(r => r.Contribution.WasOpenAt(i)))]);
    }

    public ValueTask<IReadOnlyList<CountedThread>> CountedAsync(NumbersQuery query, CountedPage page, CancellationToken ct)
    {
        lock (_lock)
        {
            var all = Records(query.Channels)
                .Where(r => r.Contribution.Root >= query.From && r.Contribution.Root < query.To && r.Contribution.Kind == RootKind.Request && query.Filter.Matches(r.Contribution, r.Dimensions))
                .OrderBy(r => r.Thread.State.Key.Root).ThenBy(r => r.Thread.State.Key.Channel)
                .Select(r => new CountedThread(r.Thread.State.Key, r.Contribution, r.Dimensions)).ToList();
            if (page.NewestFirst)
                all.Reverse();
            return new([.. all.Skip(page.After is { } after ? all.FindIndex(t => t.Key == after) + 1 : 0).Take(page.Limit)]);
        }
    }

    public ValueTask<bool> PackAsync(CancellationToken ct) => new(false);

    public ValueTask<Lease?> TryHoldAsync(string name, CancellationToken ct) => new(Lease.Endless);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<ThreadRecord> Records(IReadOnlyList<ChannelId> channels) =>
        _threads.Values.Where(r => channels.Contains(r.Thread.State.Key.Channel));

    private long Version(ThreadKey key) => _threads.TryGetValue(key, out var record) ? record.Thread.Version : 0;

    private void Apply(ThreadChange change, Ts now)
    {
        var key = change.State.Key;
        _changes.Add(key.Channel);
        foreach (var absorbed in change.Absorbed)
            _threads.Remove(absorbed.State.Key);

        var facts = _threads.TryGetValue(key, out var record) && !change.ReplacesFacts ? record.Facts.ToList() : [];
        foreach (var fact in change.NewFacts)
        {
            if (fact is SnapshotFact)
                facts.RemoveAll(f => f is SnapshotFact);
            if (!facts.Exists(fact.IsSameAs))
                facts.Add(fact);
        }

        facts.Sort(Fact.Compare);
        var thread = Copies.Of(new StoredThread(change.State, change.ExpectedVersion + 1));
        _threads[key] = new ThreadRecord(thread, facts, change.Contribution, change.Dimensions);
        foreach (var message in change.Messages)
            _messages[new MessageKey(key.Channel, message.Ts)] = (key.Root, message.Text);
        foreach (var action in change.Actions)
            _actions.TryAdd(action.Id, new StoredAction(action, ActionStatus.Pending) { NextTry = now });
    }
}
