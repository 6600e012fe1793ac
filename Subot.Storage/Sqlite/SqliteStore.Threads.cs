using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Storage.Codecs;
using Subot.Storage.Sqlite.Packs;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<MessageKey, ThreadKey>> FindThreadsAsync(
        IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        var found = new Dictionary<MessageKey, ThreadKey>(messages.Count);
        Read(() =>
        {
            var row = _database["SELECT root FROM message WHERE channel = ? AND ts = ?"];
            foreach (var message in messages)
            {
                var channel = Channel(message.Channel);
                if (_behind.Messages.TryGetValue((channel, message.Ts.Micros), out var written))
                {
                    found[message] = new ThreadKey(message.Channel, new Ts(written.Root));
                    continue;
                }

                using (row.Bind(1, channel).Bind(2, message.Ts.Micros))
                {
                    if (row.Step())
                        found[message] = new ThreadKey(message.Channel, new Ts(row.Integer(0)));
                }
            }
        });
        return new(found);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<ThreadKey, StoredThread>> LoadAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken ct)
    {
        var found = new Dictionary<ThreadKey, StoredThread>(threads.Count);
        Read(() =>
        {
            var row = _database["SELECT version, state FROM thread WHERE channel = ? AND root = ?"];
            foreach (var key in threads)
            {
                var channel = Channel(key.Channel);
                if (_behind.Threads.TryGetValue((channel, key.Root.Micros), out var thread))
                {
                    found[key] = new StoredThread(StateCodec.Read(thread.State, key), thread.Version);
                    continue;
                }

                using (row.Bind(1, channel).Bind(2, key.Root.Micros))
                {
                    if (row.Step())
                        found[key] = new StoredThread(StateCodec.Read(row.Blob(1), key), row.Integer(0));
                }
            }
        });
        return new(found);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Fact>> LoadFactsAsync(ThreadKey thread, CancellationToken ct)
    {
        // In one transaction: the bot of another process may write the thread anew meanwhile.
        IReadOnlyList<Fact> facts = [];
        Read(() => facts = FactChain.Read(_database, Find(Channel(thread.Channel), thread.Root).LastFact));
        return new(facts);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<MessageKey, MessageFact>> LoadMessagesAsync(
        IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        var found = new Dictionary<MessageKey, MessageFact>(messages.Count);
        Read(() =>
        {
            foreach (var message in messages)
            {
                if (MessageAsItReads(Channel(message.Channel), message.Ts) is { } fact)
                    found[message] = fact;
            }
        });
        return new(found);
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
    public ValueTask<IReadOnlyList<ThreadKey>> ThreadsSinceAsync(Ts instant, CancellationToken ct)
    {
        lock (_writing)
        {
            if (_facts.NewestTime < instant)
                return new([]);
        }

        // Facts lie in the order in which they came: all of them are looked at, beside the writing.
        var keys = new SortedSet<ThreadKey>();
        using var reader = Database.Open(_path, readOnly: true);
        using var rows = reader["SELECT DISTINCT name.value, root FROM fact JOIN name ON name.id = fact.channel WHERE time >= ?"].Bind(1, instant.Micros);
        while (rows.Step())
            keys.Add(new ThreadKey(new ChannelId(rows.Text(0)), new Ts(rows.Integer(1))));
        return new([.. keys]);
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
    public ValueTask<IReadOnlyDictionary<MessageKey, string>> LoadTextsAsync(IReadOnlyCollection<MessageKey> messages, CancellationToken ct)
    {
        var texts = new Dictionary<MessageKey, string>(messages.Count);
        Read(() =>
        {
            foreach (var message in messages)
            {
                using var row = _database["SELECT body FROM text WHERE id = ?"].Bind(1, Message(Channel(message.Channel), message.Ts).Text);
                if (row.Step())
                    texts[message] = row.Text(0);
            }
        });
        return new(texts);
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

    /// <summary>A message with its newest verdicts; null if it is deleted or not known.</summary>
    private MessageFact? MessageAsItReads(int channel, Ts ts)
    {
        using var revision = _database["SELECT edit, deleted FROM revision WHERE channel = ? AND ts = ?"].Bind(1, channel).Bind(2, ts.Micros);
        var edit = revision.Step() ? (Fact: revision.Integer(0), Deleted: revision.Integer(1) != 0) : default;
        if (edit.Deleted || FactChain.Find(_database, Message(channel, ts).Fact) is not MessageFact message)
            return null;
        return edit.Fact == 0 ? message : FactChain.Find(_database, edit.Fact) is EditFact edited ? message with { Verdicts = edited.Verdicts } : null;
    }

    /// <summary>The ids of a message's text and fact; 0: it has none.</summary>
    private (long Text, long Fact) Message(int channel, Ts ts)
    {
        var newer = _behind.Messages.GetValueOrDefault((channel, ts.Micros));
        if (newer is { Text: { } text, Fact: { } fact })
            return (text, fact);
        using var row = _database["SELECT text, fact FROM message WHERE channel = ? AND ts = ?"].Bind(1, channel).Bind(2, ts.Micros);
        var written = row.Step() ? (Text: row.Integer(0), Fact: row.Integer(1)) : default;
        return (newer?.Text ?? written.Text, newer?.Fact ?? written.Fact);
    }
}
