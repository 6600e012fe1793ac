using Subot.Domain;

namespace Subot.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    /// <remarks>
    /// Facts are told once the tables that follow from them are written: before that questions would not find what is new.
    /// </remarks>
    public ValueTask<StoreChanges> ChangesAsync(string? since, CancellationToken ct)
    {
        var channels = new List<ChannelId>();
        var (mark, newest) = ("", Ts.Zero);
        Read(() =>
        {
            // What is behind here, the next question writes.
            var facts = _behind.IsEmpty ? Projected : _facts.Newest;
            newest = new Ts(Math.Max(Marked("newest_time"), _behind.IsEmpty ? 0 : _facts.NewestTime.Micros));
            var made = ReadProjectedWith();
            mark = $"{facts} {made.Projection} {made.Settings}";
            if (since is null || since == mark)
                return;
            // Other settings may have changed every thread.
            using var rows = since.Split(' ') is [var before, .. var with] && $"{made.Projection} {made.Settings}" == string.Join(' ', with)
                ? _database["SELECT DISTINCT channel FROM fact WHERE id > ? AND id <= ?"].Bind(1, long.Parse(before)).Bind(2, facts)
                : _database["SELECT id FROM channel"];
            while (rows.Step())
                channels.Add(new ChannelId(_names.Name(_database, rows.Integer(0))));
        });
        return new(new StoreChanges(mark, channels, newest));
    }
}
