using System.Globalization;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public ValueTask<SettingsHistory> SettingsAsync(CancellationToken ct)
    {
        lock (_writing)
            return new(ReadSettings());
    }

    private SettingsHistory ReadSettings()
    {
        var versions = new List<SettingsVersion>();
        using var rows = _database["SELECT number, valid_from, body, author FROM settings ORDER BY number"];
        while (rows.Step())
            versions.Add(new SettingsVersion((int)rows.Integer(0), new Ts(rows.Integer(1)), SettingsDocument.Read(rows.Text(2)), rows.Text(3)));
        return new SettingsHistory(versions);
    }

    /// <inheritdoc/>
    public ValueTask<bool> AppendSettingsAsync(SettingsVersion version, DateTimeOffset writtenAt, CancellationToken ct) => new(Write(() =>
    {
        if (_database["INSERT OR IGNORE INTO settings(number, valid_from, body, author, written_at) VALUES(?, ?, ?, ?, ?)"]
                .Bind(1, version.Number).Bind(2, version.ValidFrom.Micros).Bind(3, SettingsDocument.Write(version.Settings)).Bind(4, version.Author)
                .Bind(5, writtenAt.ToString("O", CultureInfo.InvariantCulture)).Run() == 0)
            return false;
        if (HasFactsSince(version.ValidFrom))
            Mark("projection", 0);
        return true;
    }));

    /// <summary>Looks at the newest facts first: when there is none, at all of them. Settings change seldom.</summary>
    private bool HasFactsSince(Ts instant)
    {
        using var found = _database["SELECT 1 FROM fact WHERE time >= ? ORDER BY id DESC LIMIT 1"].Bind(1, instant.Micros);
        return found.Step();
    }

    /// <inheritdoc/>
    public ValueTask<int> ProjectionVersionAsync(CancellationToken ct)
    {
        lock (_writing)
            return new((int)_database.Scalar("SELECT value FROM meta WHERE key = 'projection'"));
    }

    /// <inheritdoc/>
    public ValueTask RecordProjectionVersionAsync(int version, CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpProjections();
            Write(() => Mark("projection", version));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PostAsync(IReadOnlyCollection<InboxItem> items, CancellationToken ct)
    {
        Write(() =>
        {
            foreach (var item in items)
            {
                _blob.Clear();
                FactCodec.Write(_blob, item.Fact);
                _database["INSERT INTO inbox(channel, root, about, time, kind, body, text) VALUES(?, ?, ?, ?, ?, ?, ?)"]
                    .Bind(1, _names.Number(_database, item.About.Channel.Value)).Bind(2, item.Thread?.Root.Micros).Bind(3, item.About.Ts.Micros)
                    .Bind(4, item.Fact.Time.Micros).Bind(5, (long)item.Fact.Kind).Bind(6, _blob.Written).Bind(7, item.Text).Run();
            }
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<(long Id, InboxItem Item)>> PeekAsync(int limit, CancellationToken ct)
    {
        var items = new List<(long, InboxItem)>();
        lock (_writing)
        {
            using var rows = _database["SELECT id, channel, root, about, time, kind, body, text FROM inbox ORDER BY id LIMIT ?"].Bind(1, limit);
            while (rows.Step())
            {
                var channel = new ChannelId(_names.Name(_database, rows.Integer(1)));
                var fact = FactCodec.Read(rows.Blob(6), new Ts(rows.Integer(4)), (FactKind)rows.Integer(5));
                items.Add((rows.Integer(0), new InboxItem(
                    rows.IsNull(2) ? null : new ThreadKey(channel, new Ts(rows.Integer(2))),
                    new MessageKey(channel, new Ts(rows.Integer(3))),
                    fact,
                    rows.IsNull(7) ? null : rows.Text(7))));
            }
        }

        return new(items);
    }
}
