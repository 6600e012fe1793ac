using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Domain.Settings;
using Subot.Storage.Privacy;
using Subot.Storage.Settings;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    // Short enough for the events that wait meanwhile.
    private const int ForgottenAtOnce = 500;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PrivacyRequest>> PrivacyRequestsAsync(CancellationToken ct)
    {
        lock (_writing)
            return new([.. ReadRequests()]);
    }

    /// <inheritdoc/>
    public ValueTask RecordPrivacyRequestAsync(PrivacyRequest request, CancellationToken ct)
    {
        Write(() => _database["INSERT INTO privacy(id, asked_at, body) VALUES(?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET body = ?3"]
            .Bind(1, request.Id).Bind(2, request.AskedAt.UtcTicks).Bind(3, PrivacyRequest.Write([request])).Run());
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> CountTextsAsync(Ts from, Ts before, CancellationToken ct)
    {
        lock (_writing)
            CatchUpProjections();
        return new(FindTexts(from, before).Count);
    }

    /// <inheritdoc/>
    public ValueTask<int> ForgetTextsAsync(Ts from, Ts before, CancellationToken ct)
    {
        lock (_writing)
            CatchUpProjections();
        var messages = FindTexts(from, before);
        foreach (var some in messages.Chunk(ForgottenAtOnce))
        {
            ct.ThrowIfCancellationRequested();
            Forget(some);
        }

        return new(messages.Count);
    }

    /// <inheritdoc/>
    public ValueTask ForgetWordsAsync(Ts from, Ts before, bool replies, CancellationToken ct)
    {
        lock (_writing)
            CatchUpProjections();
        foreach (var some in FindWords(from, before, replies).Chunk(ForgottenAtOnce))
        {
            ct.ThrowIfCancellationRequested();
            Write(() =>
            {
                foreach (var id in some)
                    _database["UPDATE action SET text = NULL, attachment = NULL WHERE id = ? AND status >= 2"].Bind(1, id).Run();
            });
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RewriteSettingsAsync(SettingsVersion version, CancellationToken ct)
    {
        Write(() => _database["UPDATE settings SET body = ?, author = ?, environment = ? WHERE number = ?"]
            .Bind(1, SettingsJson.Write(version.Settings)).Bind(2, version.Author)
            .Bind(3, version.Environment is { } environment ? SettingsJson.WriteEnvironment(environment) : null).Bind(4, version.Number).Run());
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RewriteActionAsync(StoredAction known, StoredAction rewritten, CancellationToken ct)
    {
        Write(() =>
        {
            _database["UPDATE action SET id = ?2, detail = ?3, text = ?4, attachment = ?5 WHERE id = ?1"]
                .Bind(1, known.Action.Id).Bind(2, rewritten.Action.Id).Bind(3, rewritten.Action.Detail).Bind(4, rewritten.Text).Bind(5, rewritten.Attachment).Run();
            _database["UPDATE double_post SET action = ?2 WHERE action = ?1"].Bind(1, known.Action.Id).Bind(2, rewritten.Action.Id).Run();
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ForgetPersonAsync(UserId person, CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpProjections();
            Write(() =>
            {
                _database["DELETE FROM person WHERE id = ?"].Bind(1, person.Value).Run();
                // Its number is in packs that will be made anew some day: it stays, as nobody's.
                if (_names.Find(_database, person.Value) is var number and not 0)
                    _names.Blank(_database, number);
            });
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Takes the store for itself: some ten seconds for a gigabyte.</remarks>
    public ValueTask<bool> CompactAsync(CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpProjections();
            _database.Execute("VACUUM");
            // What was overwritten lies in the log too, until nobody reads there any more.
            return new(_database.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") == 0);
        }
    }

    private IEnumerable<PrivacyRequest> ReadRequests()
    {
        using var rows = _database["SELECT body FROM privacy ORDER BY asked_at, id"];
        while (rows.Step())
            yield return PrivacyRequest.Read(rows.Text(0))[0];
    }

    /// <summary>Looks for texts, beside the writing.</summary>
    private List<(int Channel, long Ts)> FindTexts(Ts from, Ts before)
    {
        var messages = new List<(int, long)>();
        using var reader = Database.Open(_path, readOnly: true);
        for (var channel = reader.Scalar("SELECT min(channel) FROM message"); channel != 0; channel = Next(reader, channel))
        {
            using var rows = reader["SELECT ts FROM message WHERE channel = ? AND ts >= ? AND ts < ? AND text <> 0"].Bind(1, channel).Bind(2, from.Micros).Bind(3, before.Micros);
            while (rows.Step())
                messages.Add(((int)channel, rows.Integer(0)));
        }

        return messages;
    }

    /// <summary>Looks for settled posts with words, beside the writing.</summary>
    private List<string> FindWords(Ts from, Ts before, bool replies)
    {
        var actions = new List<string>();
        using var reader = Database.Open(_path, readOnly: true);
        using var rows = reader["SELECT id FROM action WHERE status >= 2 AND (text IS NOT NULL OR attachment IS NOT NULL) AND (thread IS NULL OR (thread >= ? AND thread < ? AND (kind <> ? OR ?)))"]
            .Bind(1, from.Micros).Bind(2, before.Micros).Bind(3, (long)ActionKind.Reply).Bind(4, replies ? 1L : 0);
        while (rows.Step())
            actions.Add(rows.Text(0));
        return actions;
    }

    private static long Next(Database reader, long channel)
    {
        using var row = reader["SELECT min(channel) FROM message WHERE channel > ?"].Bind(1, channel);
        return row.Step() ? row.Integer(0) : 0;
    }

    private void Forget((int Channel, long Ts)[] messages)
    {
        lock (_writing)
        {
            CatchUpProjections();
            Write(() =>
            {
                foreach (var (channel, ts) in messages)
                {
                    _database["DELETE FROM text WHERE id = ?"].Bind(1, Message(channel, new Ts(ts)).Text).Run();
                    _database["UPDATE message SET text = 0 WHERE channel = ? AND ts = ?"].Bind(1, channel).Bind(2, ts).Run();
                }
            });
        }
    }
}
