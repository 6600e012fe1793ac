using System.Globalization;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Settings;
using Subot.Storage.Settings;
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
        using var rows = _database["SELECT number, valid_from, body, author, written_at, environment FROM settings ORDER BY number"];
        while (rows.Step())
            versions.Add(new SettingsVersion((int)rows.Integer(0), new Ts(rows.Integer(1)), SettingsJson.Read(rows.Text(2)), rows.Text(3))
            {
                WrittenAt = DateTimeOffset.Parse(rows.Text(4), CultureInfo.InvariantCulture),
                Environment = rows.IsNull(5) ? null : SettingsJson.ReadEnvironment(rows.Text(5)),
            });
        return new SettingsHistory(versions);
    }

    /// <inheritdoc/>
    public ValueTask<int> NewestSettingsAsync(CancellationToken ct)
    {
        lock (_writing)
            return new((int)_database.Scalar("SELECT coalesce(max(number), 0) FROM settings"));
    }

    /// <inheritdoc/>
    public ValueTask<bool> AppendSettingsAsync(SettingsVersion version, CancellationToken ct) => new(Write(() =>
        _database["INSERT OR IGNORE INTO settings(number, valid_from, body, author, written_at, environment) VALUES(?, ?, ?, ?, ?, ?)"]
            .Bind(1, version.Number).Bind(2, version.ValidFrom.Micros).Bind(3, SettingsJson.Write(version.Settings)).Bind(4, version.Author)
            .Bind(5, version.WrittenAt.ToString("O", CultureInfo.InvariantCulture))
            .Bind(6, SettingsJson.WriteEnvironment(version.Environment)).Run() == 1));

    /// <inheritdoc/>
    public ValueTask<ProjectedWith> ProjectedWithAsync(CancellationToken ct)
    {
        lock (_writing)
            return new(ReadProjectedWith());
    }

    private ProjectedWith ReadProjectedWith() => new((int)Marked("projection"), (int)Marked("projected_settings"));

    /// <inheritdoc/>
    public ValueTask RecordProjectedWithAsync(ProjectedWith made, CancellationToken ct)
    {
        lock (_writing)
        {
            CatchUpProjections();
            Write(() =>
            {
                if (!made.IsNewerThan(ReadProjectedWith()))
                    return;
                Mark("projection", made.Projection);
                Mark("projected_settings", made.Settings);
            });
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
