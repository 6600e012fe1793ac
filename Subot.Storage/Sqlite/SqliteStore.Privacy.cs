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
    private bool _isVacuumed;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PrivacyRequest>> PrivacyRequestsAsync(CancellationToken ct)
    {
        lock (_writing)
            return new([.. ReadRequests()]);
    }

    /// <inheritdoc/>
    public ValueTask RecordPrivacyRequestAsync(PrivacyRequest request, CancellationToken ct)
    {
        // What is done only now is to be freed too.
        _isVacuumed = false;
        Write(() => _database["INSERT INTO privacy(id, asked_at, body) VALUES(?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET body = ?3"]
            .Bind(1, request.Id).Bind(2, request.AskedAt.UtcTicks).Bind(3, PrivacyRequest.Write([request])).Run());
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> CountTextsAsync(Ts from, Ts before, CancellationToken ct)
    {
        lock (_writing)
            CatchUpProjections();
        using var reader = Database.Open(_path, readOnly: true);
        using var row = reader["SELECT count(*) FROM message WHERE ts >= ? AND ts < ? AND text <> 0"].Bind(1, from.Micros).Bind(2, before.Micros);
        return new(row.Step() ? (int)row.Integer(0) : 0);
    }

    /// <inheritdoc/>
    public ValueTask<int> ForgetTextsAsync(Ts from, Ts before, CancellationToken ct)
    {
        lock (_writing)
            CatchUpProjections();
        var forgotten = 0;
        using var reader = Database.Open(_path, readOnly: true);
        for (var channel = Next(reader, 0); channel != 0; channel = Next(reader, channel))
        {
            for (var texts = FindTexts(reader, channel, from.Micros, before.Micros); texts.Count > 0; texts = FindTexts(reader, channel, texts[^1] + 1, before.Micros))
            {
                ct.ThrowIfCancellationRequested();
                Forget(channel, texts);
                forgotten += texts.Count;
            }
        }

        return new(forgotten);
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
            .Bind(3, SettingsJson.WriteEnvironment(version.Environment)).Bind(4, version.Number).Run());
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
                NameRegister.Blank(_database, person.Value);
            });
            _names.Forget(person.Value);
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
            // The log holds what was overwritten until nobody reads there any more. The file is written anew once, and not while the log
            // could not take it: it would grow by all of it each time.
            if (!TryEmptyLog())
                return new(false);
            if (!_isVacuumed)
                _database.Execute("VACUUM");
            _isVacuumed = true;
            return new(TryEmptyLog());
        }
    }

    private bool TryEmptyLog() => _database.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") == 0;

    private IEnumerable<PrivacyRequest> ReadRequests()
    {
        using var rows = _database["SELECT body FROM privacy ORDER BY asked_at, id"];
        while (rows.Step())
            yield return PrivacyRequest.Read(rows.Text(0))[0];
    }

    /// <summary>The next messages with texts, looked for beside the writing.</summary>
    private static List<long> FindTexts(Database reader, long channel, long from, long before)
    {
        var messages = new List<long>();
        using var rows = reader["SELECT ts FROM message WHERE channel = ? AND ts >= ? AND ts < ? AND text <> 0 ORDER BY ts LIMIT ?"]
            .Bind(1, channel).Bind(2, from).Bind(3, before).Bind(4, ForgottenAtOnce);
        while (rows.Step())
            messages.Add(rows.Integer(0));
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

    /// <summary>The number of the next channel with messages; 0 if there is none.</summary>
    private static long Next(Database reader, long channel)
    {
        using var row = reader["SELECT min(channel) FROM message WHERE channel > ?"].Bind(1, channel);
        return row.Step() ? row.Integer(0) : 0;
    }

    private void Forget(long channel, List<long> messages)
    {
        lock (_writing)
        {
            CatchUpProjections();
            Write(() =>
            {
                foreach (var ts in messages)
                {
                    _database["DELETE FROM text WHERE id = ?"].Bind(1, Message((int)channel, new Ts(ts)).Text).Run();
                    _database["UPDATE message SET text = 0 WHERE channel = ? AND ts = ?"].Bind(1, channel).Bind(2, ts).Run();
                }
            });
        }
    }
}
