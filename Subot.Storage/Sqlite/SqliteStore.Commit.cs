using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Storage.Codecs;
using Subot.Storage.Sqlite.Packs;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ThreadKey>> CommitAsync(ChangeSet changes, CancellationToken ct)
    {
        var conflicts = new List<ThreadKey>();
        lock (_writing)
        {
            // Rare changes that facts alone do not tell are written at once, with what is behind before them.
            var replaces = changes.Threads.Any(c => c.ReplacesFacts);
            var atOnce = replaces || changes.Threads.Any(c => c.NewFacts.Count == 0 || c.Absorbed.Count > 0);
            if (atOnce || (changes.OwnPosts.Count > 0 && _behind.Actions.Count > 0))
                CatchUpProjections();
            var following = new Behind();
            // A post may settle an action of this very commit.
            var actionsAtOnce = changes.OwnPosts.Count > 0;
            var done = Write(() =>
            {
                foreach (var change in changes.Threads)
                {
                    if (!Remove(change.Absorbed) || !TryAppend(change, changes.Now, actionsAtOnce, following))
                        conflicts.Add(change.State.Key);
                }

                foreach (var post in changes.OwnPosts)
                    Settle(post);
                foreach (var id in changes.InboxIds)
                    _database["DELETE FROM inbox WHERE id = ?"].Bind(1, id).Run();
                // Nobody may find a row that names facts which are gone.
                if (conflicts.Count == 0 && replaces)
                    WriteRows(following);
                return conflicts.Count == 0;
            });
            if (!done || replaces)
                return new(conflicts);
            _behind.Add(following);
            if (atOnce || _behind.IsLarge)
                CatchUpProjections();
        }

        return new(conflicts);
    }

    /// <summary>Appends the new facts and texts, and the actions with them; false if the thread is not what was read.</summary>
    private bool TryAppend(ThreadChange change, Ts now, bool actionsAtOnce, Behind following)
    {
        var key = change.State.Key;
        var channel = _names.Number(_database, key.Channel.Value);
        var (version, last) = Find(channel, key.Root);
        if (version != change.ExpectedVersion)
            return false;

        foreach (var message in change.Messages)
            following.Add(new BehindMessage(channel, message.Ts.Micros, key.Root.Micros) { Text = Replace(message, change, channel) });
        if (change.ReplacesFacts)
        {
            FactChain.Remove(_database, last);
            last = 0;
        }

        // Actions are kept with a fact that stays: of the snapshots only the newest does.
        var bearer = actionsAtOnce ? null : change.NewFacts.FirstOrDefault(f => f is not SnapshotFact);
        foreach (var fact in change.NewFacts)
        {
            last = _facts.Append(channel, key.Root, last, fact, ReferenceEquals(fact, bearer) ? change.Actions : [], now);
            Note(channel, key.Root, fact, last, following);
        }

        foreach (var action in change.Actions)
        {
            if (bearer is null)
                Create(action, channel, now);
            else
                following.Actions.Add(new BehindAction(channel, action, now));
        }

        _blob.Clear();
        StateCodec.Write(_blob, change.State);
        following.Threads[(channel, key.Root.Micros)] = new BehindThread(
            channel, key.Root.Micros, version + 1, last, HourOf(change.State.SilentSince), _blob.Written.ToArray(), change.Contribution, change.Dimensions, change.NewFacts.Any(f => f is SnapshotFact));
        return true;
    }

    /// <summary>Where the facts about a message are: its own for the index, what revised it at once, since that is rare.</summary>
    private void Note(int channel, Ts root, Fact fact, long id, Behind following)
    {
        switch (fact)
        {
            case MessageFact:
                following.Add(new BehindMessage(channel, fact.Time.Micros, root.Micros) { Fact = id });
                break;
            case EditFact edit:
                Revise(channel, edit.Message, id, edit.Time, deleted: false);
                break;
            case DeletionFact deletion:
                Revise(channel, deletion.Message, 0, Ts.Zero, deleted: true);
                break;
        }
    }

    private void Revise(int channel, Ts message, long edit, Ts edited, bool deleted) =>
        _database["INSERT INTO revision(channel, ts, edit, edited, deleted) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(channel, ts) DO UPDATE SET edit = CASE WHEN ?4 >= edited THEN ?3 ELSE edit END, edited = max(edited, ?4), deleted = max(deleted, ?5)"]
            .Bind(1, channel).Bind(2, message.Micros).Bind(3, edit).Bind(4, edited.Micros).Bind(5, deleted ? 1 : 0).Run();

    /// <summary>Appends the text that a change brings, in place of the one there was; returns its id, 0 if there is none now.</summary>
    private long Replace(StoredMessage message, ThreadChange change, int channel)
    {
        // Only those of a new thread surely had none: an edit may have come before its message.
        var isNew = change is { ExpectedVersion: 0, Absorbed.Count: 0 };
        if (!isNew && Message(channel, message.Ts).Text is var old and not 0)
            _database["DELETE FROM text WHERE id = ?"].Bind(1, old).Run();
        if (message.Text is null)
            return 0;
        _database["INSERT INTO text(id, channel, ts, body) VALUES(?, ?, ?, ?)"].Bind(1, ++_newestText).Bind(2, channel).Bind(3, message.Ts.Micros).Bind(4, message.Text).Run();
        return _newestText;
    }

    private (long Version, long LastFact) Find(int channel, Ts root)
    {
        if (_behind.Threads.TryGetValue((channel, root.Micros), out var thread))
            return (thread.Version, thread.LastFact);
        using var row = _database["SELECT version, last_fact FROM thread WHERE channel = ? AND root = ?"].Bind(1, channel).Bind(2, root.Micros);
        return row.Step() ? (row.Integer(0), row.Integer(1)) : (0, 0);
    }

    private static long? HourOf(Ts? instant) => instant is { } known ? known.Micros - (known.Micros % (3600 * Ts.Second)) : null;

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
            WriteContribution(channel, new Contribution { Root = root }, Dimensions.None);
        }

        return true;
    }

    private void WriteContribution(int channel, in Contribution contribution, Dimensions dimensions)
    {
        _blob.Clear();
        ContributionCodec.Write(_blob, contribution, new DimensionNumbers(
            PersonNumber(dimensions.Requester),
            PersonNumber(dimensions.Responder),
            _names.Number(_database, dimensions.Tools),
            _names.Number(_database, dimensions.Labels),
            _names.Number(_database, dimensions.Answers)));
        _database["INSERT OR REPLACE INTO changed(channel, root, body) VALUES(?, ?, ?)"]
            .Bind(1, channel).Bind(2, contribution.Root.Micros).Bind(3, _blob.Written).Run();
    }

    private int PersonNumber(UserId? user) => user is { } known ? _names.Number(_database, known.Value) : 0;
}
