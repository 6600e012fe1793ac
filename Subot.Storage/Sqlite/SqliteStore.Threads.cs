using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage.Codecs;
using Subot.Storage.Sqlite.Packs;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<MessageKey, ThreadKey>> FindThreadsAsync(IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        var found = new Dictionary<MessageKey, ThreadKey>(messages.Count);
        lock (_writing)
        {
            using var row = _database["SELECT root FROM message WHERE channel = ? AND ts = ?"];
            foreach (var message in messages)
            {
                var channel = Channel(message.Channel);
                row.Bind(1, channel).Bind(2, message.Ts.Micros);
                if (_behind.Messages.TryGetValue((channel, message.Ts.Micros), out var written))
                    found[message] = new ThreadKey(message.Channel, new Ts(written.Root));
                else if (row.Step())
                    found[message] = new ThreadKey(message.Channel, new Ts(row.Integer(0)));
                row.Dispose();
            }
        }

        return new(found);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<ThreadKey, StoredThread>> LoadAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken ct)
    {
        var found = new Dictionary<ThreadKey, StoredThread>(threads.Count);
        lock (_writing)
        {
            using var row = _database["SELECT version, state FROM thread WHERE channel = ? AND root = ?"];
            foreach (var key in threads)
            {
                var channel = Channel(key.Channel);
                row.Bind(1, channel).Bind(2, key.Root.Micros);
                if (_behind.Threads.TryGetValue((channel, key.Root.Micros), out var thread))
                    found[key] = new StoredThread(StateCodec.Read(thread.State, key), thread.Version);
                else if (row.Step())
                    found[key] = new StoredThread(StateCodec.Read(row.Blob(1), key), row.Integer(0));
                row.Dispose();
            }
        }

        return new(found);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Fact>> LoadFactsAsync(ThreadKey thread, CancellationToken ct)
    {
        lock (_writing)
            return new(FactChain.Read(_database, Find(Channel(thread.Channel), thread.Root).LastFact));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        var conflicts = new List<ThreadKey>();
        lock (_writing)
        {
            // Rare changes that facts alone do not tell are written at once, with what is behind before them.
            var atOnce = changes.Threads.Any(c => c.NewFacts.Count == 0 || c.Absorbed.Count > 0);
            if (atOnce)
                CatchUpProjections();
            var projected = new List<BehindThread>(changes.Threads.Count);
            var indexed = new List<BehindMessage>(changes.Threads.Count);
            var done = Write(() =>
            {
                foreach (var change in changes.Threads)
                {
                    if (!Remove(change.Absorbed) || !TryAppend(change, projected, indexed))
                        conflicts.Add(change.State.Key);
                    foreach (var action in change.Actions)
                        Create(action, _names.Number(_database, change.State.Key.Channel.Value), changes.Now);
                }

                foreach (var post in changes.OwnPosts)
                    Settle(post);
                foreach (var id in changes.InboxIds)
                    _database["DELETE FROM inbox WHERE id = ?"].Bind(1, id).Run();
                return conflicts.Count == 0;
            });
            if (!done)
                return new(conflicts);
            _behind.Add(projected, indexed);
            if (atOnce || _behind.IsLarge)
                CatchUpProjections();
        }

        return new(conflicts);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ThreadRecord> ReadThreadsAsync(ChannelId? channel, [EnumeratorCancellation] CancellationToken ct)
    {
        lock (_writing)
            CatchUpProjections();

        // A connection of its own: the reader may take its time. Its rows hold on to one state of the database.
        using var reader = Database.Open(_path, readOnly: true);
        var names = new NameRegister();
        var contributions = new ContributionLookup(reader, names);
        using var threads = reader["SELECT thread.channel, root, version, state, name.value, last_fact FROM name CROSS JOIN thread ON thread.channel = name.id WHERE ?1 IS NULL OR name.value = ?1 ORDER BY name.value, root"]
            .Bind(1, channel?.Value);
        while (threads.Step())
        {
            ct.ThrowIfCancellationRequested();
            var (number, root) = ((int)threads.Integer(0), threads.Integer(1));
            var key = new ThreadKey(new ChannelId(threads.Text(4)), new Ts(root));
            var state = StateCodec.Read(threads.Blob(3), key);
            var (contribution, dimensions) = contributions.Of(number, root);
            yield return new ThreadRecord(new StoredThread(state, threads.Integer(2)), FactChain.Read(reader, threads.Integer(5)), contribution, dimensions);
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> ThreadsBetweenAsync(ChannelId channel, Ts from, Ts to, CancellationToken ct)
    {
        var keys = new List<ThreadKey>();
        lock (_writing)
        {
            using var rows = _database["SELECT root FROM thread WHERE channel = ? AND root >= ? AND root < ? ORDER BY root"]
                .Bind(1, Channel(channel)).Bind(2, from.Micros).Bind(3, to.Micros);
            while (rows.Step())
                keys.Add(new ThreadKey(channel, new Ts(rows.Integer(0))));
            var number = Channel(channel);
            keys.AddRange(_behind.Threads.Keys.Where(k => k.Channel == number && k.Root >= from.Micros && k.Root < to.Micros).Select(k => new ThreadKey(channel, new Ts(k.Root))));
        }

        return new([.. keys.Distinct().Order()]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> ThreadsBeforeAsync(ChannelId channel, Ts before, int limit, CancellationToken ct)
    {
        var roots = new List<long>();
        lock (_writing)
        {
            var number = Channel(channel);
            using var rows = _database["SELECT root FROM thread WHERE channel = ? AND root < ? ORDER BY root DESC LIMIT ?"]
                .Bind(1, number).Bind(2, before.Micros).Bind(3, limit);
            while (rows.Step())
                roots.Add(rows.Integer(0));
            roots.AddRange(_behind.Threads.Keys.Where(k => k.Channel == number && k.Root < before.Micros).Select(k => k.Root));
        }

        return new([.. roots.Distinct().OrderDescending().Take(limit).Select(r => new ThreadKey(channel, new Ts(r)))]);
    }

    /// <inheritdoc/>
    public ValueTask<string?> TextAsync(MessageKey message, CancellationToken ct)
    {
        lock (_writing)
        {
            if (TextOf(Channel(message.Channel), message.Ts) is not { } id)
                return new((string?)null);
            using var row = _database["SELECT body FROM text WHERE id = ?"].Bind(1, id);
            return new(row.Step() ? row.Text(0) : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> OpenThreadsAsync(ChannelId channel, Ts silentSince, int limit, CancellationToken ct)
    {
        var open = new List<(Ts Since, ThreadKey Key)>();
        lock (_writing)
        {
            CatchUpProjections();
            using var rows = _database["SELECT root, state, silence FROM thread WHERE silence IS NOT NULL AND channel = ? AND silence <= ? ORDER BY silence"]
                .Bind(1, Channel(channel)).Bind(2, silentSince.Micros);
            var (found, hour) = (0, 0L);
            while (rows.Step() && (found < limit || rows.Integer(2) == hour))
            {
                hour = rows.Integer(2);
                var key = new ThreadKey(channel, new Ts(rows.Integer(0)));
                if (StateCodec.Read(rows.Blob(1), key).SilentSince is not { } since || since > silentSince)
                    continue;
                open.Add((since, key));
                found++;
            }
        }

        return new([.. open.Order().Take(limit).Select(o => o.Key)]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ChannelRecord>> ChannelsAsync(CancellationToken ct)
    {
        var channels = new List<ChannelRecord>();
        lock (_writing)
        {
            using var rows = _database["SELECT id, name, complete_until, compared_until FROM channel ORDER BY name, id"];
            while (rows.Step())
                channels.Add(new ChannelRecord(new ChannelId(_names.Name(_database, rows.Integer(0))), rows.Text(1), new Ts(rows.Integer(2)), new Ts(rows.Integer(3))));
        }

        return new(channels);
    }

    /// <inheritdoc/>
    public ValueTask RecordChannelAsync(ChannelRecord channel, CancellationToken ct)
    {
        Write(() =>
        {
            _database["INSERT OR REPLACE INTO channel(id, name, complete_until, compared_until) VALUES(?, ?, ?, ?)"]
                .Bind(1, _names.Number(_database, channel.Id.Value)).Bind(2, channel.Name)
                .Bind(3, channel.CompleteUntil.Micros).Bind(4, channel.ComparedUntil.Micros).Run();
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>Appends the new facts and texts; false if the thread is not what was read.</summary>
    private bool TryAppend(ThreadChange change, List<BehindThread> projected, List<BehindMessage> indexed)
    {
        var key = change.State.Key;
        var channel = _names.Number(_database, key.Channel.Value);
        var (version, last) = Find(channel, key.Root);
        if (version != change.ExpectedVersion)
            return false;

        foreach (var fact in change.NewFacts)
            last = _facts.Append(channel, key.Root, last, fact);
        if (change.NewFacts.Any(f => f is SnapshotFact))
            last = _facts.Trim(last);
        foreach (var message in change.Messages)
        {
            // Only a message that is new surely had no text.
            if (!change.NewFacts.Any(f => f is MessageFact && f.Time == message.Ts) && TextOf(channel, message.Ts) is { } old)
                _database["DELETE FROM text WHERE id = ?"].Bind(1, old).Run();
            indexed.Add(new BehindMessage(channel, message.Ts.Micros, key.Root.Micros, message.Text is null ? null : AppendText(channel, message.Ts, message.Text)));
        }

        _blob.Clear();
        StateCodec.Write(_blob, change.State);
        projected.Add(new BehindThread(channel, key.Root.Micros, version + 1, last, HourOf(change.State.SilentSince), _blob.Written.ToArray(), change.Contribution, Dimensions.Of(change.State)));
        return true;
    }

    private long AppendText(int channel, Ts ts, string text)
    {
        _database["INSERT INTO text(id, channel, ts, body) VALUES(?, ?, ?, ?)"].Bind(1, ++_newestText).Bind(2, channel).Bind(3, ts.Micros).Bind(4, text).Run();
        return _newestText;
    }

    private static long? HourOf(Ts? instant) => instant is { } known ? known.Micros - (known.Micros % (3600 * Ts.Second)) : null;

    private (long Version, long LastFact) Find(int channel, Ts root)
    {
        if (_behind.Threads.TryGetValue((channel, root.Micros), out var thread))
            return (thread.Version, thread.LastFact);
        using var row = _database["SELECT version, last_fact FROM thread WHERE channel = ? AND root = ?"].Bind(1, channel).Bind(2, root.Micros);
        return row.Step() ? (row.Integer(0), row.Integer(1)) : (0, 0);
    }

    private long? TextOf(int channel, Ts ts)
    {
        if (_behind.Messages.TryGetValue((channel, ts.Micros), out var message))
            return message.Text;
        using var row = _database["SELECT text FROM message WHERE channel = ? AND ts = ?"].Bind(1, channel).Bind(2, ts.Micros);
        return row.Step() && !row.IsNull(0) ? row.Integer(0) : null;
    }

    /// <summary>Removes threads that go into another; false if one of them is not what was read.</summary>
    private bool Remove(IReadOnlyList<StoredThread> threads)
    {
        foreach (var thread in threads)
        {
            var (channel, root) = (Channel(thread.State.Key.Channel), thread.State.Key.Root);
            var last = Find(channel, root).LastFact;
            if (_database["DELETE FROM thread WHERE channel = ? AND root = ? AND version = ?"].Bind(1, channel).Bind(2, root.Micros).Bind(3, thread.Version).Run() == 0)
                return false;
            FactChain.Remove(_database, last);
            WriteContribution(channel, new Contribution { Root = root }, default);
        }

        return true;
    }

    private void WriteContribution(int channel, in Contribution contribution, Dimensions dimensions)
    {
        _blob.Clear();
        ContributionCodec.Write(_blob, contribution, PersonNumber(dimensions.Requester), PersonNumber(dimensions.Responder));
        _database["INSERT OR REPLACE INTO changed(channel, root, body) VALUES(?, ?, ?)"]
            .Bind(1, channel).Bind(2, contribution.Root.Micros).Bind(3, _blob.Written).Run();
    }

    private int PersonNumber(UserId? user) => user is { } known ? _names.Number(_database, known.Value) : 0;
}
