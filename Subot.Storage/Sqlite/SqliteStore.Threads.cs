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
                row.Bind(1, Channel(message.Channel)).Bind(2, message.Ts.Micros);
                if (row.Step())
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
                row.Bind(1, Channel(key.Channel)).Bind(2, key.Root.Micros);
                if (row.Step())
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
            return new(FactChain.Read(_database, LastFact(Channel(thread.Channel), thread.Root)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        var conflicts = new List<ThreadKey>();
        Write(() =>
        {
            var facts = new FactChain(_database, _blob);
            foreach (var change in changes.Threads)
            {
                if (!Remove(change.Absorbed) || !WriteThread(change, facts))
                    conflicts.Add(change.State.Key);
            }

            if (conflicts.Count > 0)
                return false;
            foreach (var change in changes.Threads)
                WriteRest(change, changes.Now);
            foreach (var post in changes.OwnPosts)
                Settle(post);
            foreach (var id in changes.InboxIds)
                _database["DELETE FROM inbox WHERE id = ?"].Bind(1, id).Run();
            return true;
        });
        return new(conflicts);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ThreadRecord> ReadThreadsAsync(ChannelId? channel, [EnumeratorCancellation] CancellationToken ct)
    {
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
        }

        return new(keys);
    }

    /// <inheritdoc/>
    public ValueTask<string?> TextAsync(MessageKey message, CancellationToken ct)
    {
        lock (_writing)
        {
            using var row = _database["SELECT text FROM message WHERE channel = ? AND ts = ?"].Bind(1, Channel(message.Channel)).Bind(2, message.Ts.Micros);
            return new(row.Step() && !row.IsNull(0) ? row.Text(0) : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> OpenThreadsAsync(ChannelId channel, Ts silentSince, int limit, CancellationToken ct)
    {
        var open = new List<(Ts Since, ThreadKey Key)>();
        lock (_writing)
        {
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

    /// <summary>Writes the state and the new facts; false if the thread is not what was read.</summary>
    private bool WriteThread(ThreadChange change, FactChain facts)
    {
        var key = change.State.Key;
        var channel = _names.Number(_database, key.Channel.Value);
        var (version, last) = (0L, 0L);
        using (var row = _database["SELECT version, last_fact FROM thread WHERE channel = ? AND root = ?"].Bind(1, channel).Bind(2, key.Root.Micros))
        {
            if (row.Step())
                (version, last) = (row.Integer(0), row.Integer(1));
        }

        if (version != change.ExpectedVersion)
            return false;

        foreach (var fact in change.NewFacts)
            last = facts.Append(last, fact);
        _blob.Clear();
        StateCodec.Write(_blob, change.State);
        var statement = version == 0
            ? _database["INSERT INTO thread(channel, root, version, last_fact, silence, state) VALUES(?, ?, ?, ?, ?, ?)"]
            : _database["UPDATE thread SET version = ?3, last_fact = ?4, silence = ?5, state = ?6 WHERE channel = ?1 AND root = ?2"];
        statement.Bind(1, channel).Bind(2, key.Root.Micros).Bind(3, version + 1).Bind(4, last)
            .Bind(5, HourOf(change.State.SilentSince)).Bind(6, _blob.Written).Run();
        return true;
    }

    private static long? HourOf(Ts? instant) => instant is { } known ? known.Micros - (known.Micros % (3600 * Ts.Second)) : null;

    private long LastFact(int channel, Ts root)
    {
        using var row = _database["SELECT last_fact FROM thread WHERE channel = ? AND root = ?"].Bind(1, channel).Bind(2, root.Micros);
        return row.Step() ? row.Integer(0) : 0;
    }

    private void WriteRest(ThreadChange change, Ts now)
    {
        var key = change.State.Key;
        var channel = _names.Number(_database, key.Channel.Value);
        foreach (var message in change.Messages)
        {
            _database["INSERT INTO message(channel, ts, root, text) VALUES(?, ?, ?, ?) ON CONFLICT(channel, ts) DO UPDATE SET root = excluded.root, text = excluded.text"]
                .Bind(1, channel).Bind(2, message.Ts.Micros).Bind(3, key.Root.Micros).Bind(4, message.Text).Run();
        }

        WriteContribution(channel, change.Contribution, Dimensions.Of(change.State));
        foreach (var action in change.Actions)
            Create(action, channel, now);
    }

    /// <summary>Removes threads that go into another; false if one of them is not what was read.</summary>
    private bool Remove(IReadOnlyList<StoredThread> threads)
    {
        foreach (var thread in threads)
        {
            var (channel, root) = (Channel(thread.State.Key.Channel), thread.State.Key.Root);
            var last = LastFact(channel, root);
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
