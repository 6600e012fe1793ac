using System.Runtime.CompilerServices;
using Subot.Domain;
using Subot.Domain.Actions;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    private const string ActionColumns = "id, kind, channel, thread, detail, not_after, status, next_try, attempts, text, place, place_thread, attachment, posted, second";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAction>> DueActionsAsync(ChannelId channel, Ts now, int limit, CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpActions();
            return new(Actions(_database[$"SELECT {ActionColumns} FROM action WHERE status < 2 AND channel = ? AND next_try <= ? ORDER BY next_try, id LIMIT ?"]
                .Bind(1, Channel(channel)).Bind(2, now.Micros).Bind(3, limit)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredAction?> ActionAsync(string id, CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpActions();
            return new(Actions(_database[$"SELECT {ActionColumns} FROM action WHERE id = ?"].Bind(1, id)).FirstOrDefault());
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> UpdateActionAsync(StoredAction seen, StoredAction updated, CancellationToken ct) => new(Write(() =>
    {
        var done = _database["UPDATE action SET status = ?, next_try = ?, attempts = ?, text = ?, place = ?, place_thread = ?, attachment = ?, posted = ?, second = ? WHERE id = ? AND status = ? AND attempts = ? AND posted IS ? AND second IS ?"]
            .Bind(1, (long)updated.Status).Bind(2, updated.NextTry.Micros).Bind(3, updated.Attempts).Bind(4, updated.Text)
            .Bind(5, updated.Place?.Channel).Bind(6, updated.Place?.Thread?.Micros).Bind(7, updated.Attachment)
            .Bind(8, updated.PostedAt?.Micros).Bind(9, updated.SecondPost?.Micros)
            .Bind(10, seen.Action.Id).Bind(11, (long)seen.Status).Bind(12, seen.Attempts).Bind(13, seen.PostedAt?.Micros).Bind(14, seen.SecondPost?.Micros)
            .Run() == 1;
        if (done && seen.SecondPost is not null && updated.SecondPost is null)
            NameNextDouble(seen.Action.Id);
        return done;
    }));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAction>> DoubledActionsAsync(CancellationToken ct)
    {
        lock (_writing)
            return new(Actions(_database[$"SELECT {ActionColumns} FROM action WHERE second IS NOT NULL ORDER BY id LIMIT 100"]));
    }

    /// <inheritdoc/>
    public ValueTask<int> CancelLateActionsAsync(Ts now, CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpActions();
            // Most of the time there is none, and then there is nothing to commit.
            using var waiting = _database["SELECT 1 FROM action WHERE status < 2 AND status = 0 AND attempts = 0 AND not_after < ? LIMIT 1"].Bind(1, now.Micros);
            if (!waiting.Step())
                return new(0);
        }

        var cancelled = 0;
        Write(() => cancelled = _database["UPDATE action SET status = 3 WHERE status < 2 AND status = 0 AND attempts = 0 AND not_after < ?"].Bind(1, now.Micros).Run());
        return new(cancelled);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredAction> ReadActionsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        lock (_writing)
            CatchUpActions();
        using var reader = Database.Open(_path, readOnly: true);
        var names = new NameRegister();
        using var rows = reader[$"SELECT {ActionColumns} FROM action ORDER BY id"];
        while (rows.Step())
        {
            ct.ThrowIfCancellationRequested();
            yield return ReadAction(rows, reader, names);
        }

        await Task.CompletedTask;
    }

    private void CatchUpActions()
    {
        if (_behind.Actions.Count > 0)
            CatchUpProjections();
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlySet<string>> KnownActionsAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var known = new HashSet<string>();
        lock (_writing)
        {
            CatchUpActions();
            foreach (var id in ids)
            {
                using var row = _database["SELECT 1 FROM action WHERE id = ?"].Bind(1, id);
                if (row.Step())
                    known.Add(id);
            }
        }

        return new(known);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> CreateActionsAsync(IReadOnlyList<StoredAction> actions, CancellationToken ct)
    {
        var created = new List<string>();
        lock (_writing)
        {
            CatchUpActions();
            Write(() => created.AddRange(actions.Where(a => Create(a.Action, _names.Number(_database, a.Action.Channel.Value), a.NextTry, a.Status)).Select(a => a.Action.Id)));
        }

        return new(created);
    }

    /// <inheritdoc/>
    public ValueTask RestoreActionsAsync(IReadOnlyCollection<StoredAction> actions, CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpActions();
            Write(() =>
            {
                foreach (var action in actions)
                {
                    if (Create(action.Action, _names.Number(_database, action.Action.Channel.Value), action.NextTry, action.Status))
                        WriteWhereItStands(action);
                }
            });
        }

        return ValueTask.CompletedTask;
    }

    private void WriteWhereItStands(StoredAction action) =>
        _database["UPDATE action SET attempts = ?, text = ?, place = ?, place_thread = ?, attachment = ?, posted = ?, second = ? WHERE id = ?"]
            .Bind(1, action.Attempts).Bind(2, action.Text).Bind(3, action.Place?.Channel).Bind(4, action.Place?.Thread?.Micros).Bind(5, action.Attachment)
            .Bind(6, action.PostedAt?.Micros).Bind(7, action.SecondPost?.Micros).Bind(8, action.Action.Id).Run();

    /// <summary>Creates an action unless it exists.</summary>
    private bool Create(BotAction action, int channel, Ts due, ActionStatus status = ActionStatus.Pending) =>
        _database["INSERT OR IGNORE INTO action(id, kind, channel, thread, detail, not_after, status, next_try, attempts) VALUES(?, ?, ?, ?, ?, ?, ?, ?, 0)"]
            .Bind(1, action.Id).Bind(2, (long)action.Kind).Bind(3, channel).Bind(4, action.Root?.Micros).Bind(5, action.Detail)
            .Bind(6, action.NotAfter.Micros).Bind(7, (long)status).Bind(8, due.Micros).Run() == 1;

    /// <summary>
    /// A post that carries the action's id was seen: the older one counts, a younger one has to go, and so has one outside the thread.
    /// </summary>
    private void Settle(OwnPost post)
    {
        // What has to go already must not be forgotten for another that has to go too.
        var kept = _database["INSERT OR IGNORE INTO double_post(action, ts) SELECT id, second FROM action WHERE id = ? AND second <> ?"]
            .Bind(1, post.ActionId).Bind(2, post.Ts.Micros).Run() == 1;
        SettleOne(post);
        if (kept)
            ForgetNamedDouble(post.ActionId);
    }

    private void SettleOne(OwnPost post)
    {
        if (_database["UPDATE action SET second = ?2, status = CASE WHEN posted IS NULL THEN 3 ELSE status END WHERE id = ?1 AND CASE WHEN place IS NULL THEN thread ELSE place_thread END <> ?3"]
            .Bind(1, post.ActionId).Bind(2, post.Ts.Micros).Bind(3, post.Root.Micros).Run() == 1)
            return;
        _database["UPDATE action SET second = CASE WHEN posted > ?2 THEN posted ELSE ?2 END, posted = CASE WHEN posted > ?2 THEN ?2 ELSE posted END, status = 2 WHERE id = ?1 AND posted IS NOT NULL AND posted <> ?2 AND second IS NOT ?2"]
            .Bind(1, post.ActionId).Bind(2, post.Ts.Micros).Run();
        _database["UPDATE action SET posted = ?2, status = 2 WHERE id = ?1 AND posted IS NULL"].Bind(1, post.ActionId).Bind(2, post.Ts.Micros).Run();
    }

    /// <summary>The second post is deleted: the next one has to go.</summary>
    private void NameNextDouble(string action)
    {
        _database["UPDATE action SET second = (SELECT min(ts) FROM double_post WHERE action = ?1) WHERE id = ?1"].Bind(1, action).Run();
        ForgetNamedDouble(action);
    }

    private void ForgetNamedDouble(string action) =>
        _database["DELETE FROM double_post WHERE action = ?1 AND ts = (SELECT second FROM action WHERE id = ?1)"].Bind(1, action).Run();

    private List<StoredAction> Actions(Statement statement)
    {
        using var rows = statement;
        var actions = new List<StoredAction>();
        while (rows.Step())
            actions.Add(ReadAction(rows, _database, _names));
        return actions;
    }

    private static StoredAction ReadAction(Statement row, Database database, NameRegister names)
    {
        var action = new BotAction(row.Text(0), (ActionKind)row.Integer(1), new ChannelId(names.Name(database, row.Integer(2))), new Ts(row.Integer(5)))
        {
            Root = row.IsNull(3) ? null : new Ts(row.Integer(3)),
            Detail = row.Text(4),
        };
        return new StoredAction(action, (ActionStatus)row.Integer(6))
        {
            NextTry = new Ts(row.Integer(7)),
            Attempts = (int)row.Integer(8),
            Text = row.IsNull(9) ? null : row.Text(9),
            Place = row.IsNull(10) ? null : new PostPlace(row.Text(10), row.IsNull(11) ? null : new Ts(row.Integer(11))),
            Attachment = row.IsNull(12) ? null : row.Text(12),
            PostedAt = row.IsNull(13) ? null : new Ts(row.Integer(13)),
            SecondPost = row.IsNull(14) ? null : new Ts(row.Integer(14)),
        };
    }
}
