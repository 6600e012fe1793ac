using System.Diagnostics;
using Subot.Storage.Sqlite;

namespace Subot.Benchmarks.Store;

/// <summary>
/// Writes the rows of a bot's database once more, in the order of their events and in batches, into an empty database with the same tables
/// and settings: no socket, no JSON, no decisions. This is what the disk and SQLite can do.
/// </summary>
internal sealed class BareLoop
{
    private const int ContributionBytes = 64;

    private readonly List<(RowKey Thread, object?[] Fact, object?[]? Message, object?[]? Text)> _events = [];
    private readonly Dictionary<RowKey, object?[]> _threads = [];
    private readonly Dictionary<RowKey, object?[]> _actions = [];
    private readonly byte[] _contribution = new byte[ContributionBytes];
    private readonly Dictionary<string, string> _sql = [];

    /// <summary>Reads the rows of a store that nobody writes.</summary>
    /// <param name="first">Only events from this instant on (microseconds).</param>
    public BareLoop(string data, long first = 0)
    {
        using var source = new RawDatabase(SqliteStore.FileIn(data));
        foreach (var table in (string[])["thread", "fact", "text", "message", "action", "changed"])
            _sql[table] = Upsert(source, table);
        var facts = source.Read("SELECT * FROM fact").ToDictionary(row => (long)row[0]!);
        var threadOf = new Dictionary<long, RowKey>();
        foreach (var row in source.Read("SELECT last_fact, * FROM thread"))
        {
            var thread = new RowKey((long)row[1]!, (long)row[2]!);
            _threads[thread] = row[1..];
            for (var id = (long)row[0]!; id != 0; id = (long)facts[id][1]!)
                threadOf[id] = thread;
        }

        foreach (var row in source.Read("SELECT channel, thread, * FROM action"))
            _actions[new RowKey((long)row[0]!, (long)row[1]!)] = row[2..];
        var messages = new Dictionary<RowKey, object?[]>();
        foreach (var row in source.Read("SELECT channel, ts, * FROM message"))
            messages[new RowKey((long)row[0]!, (long)row[1]!)] = row[2..];
        var texts = source.Read("SELECT * FROM text").ToDictionary(row => (long)row[0]!);
        foreach (var (id, row) in facts.Where(f => (long)f.Value[4]! >= first).OrderBy(f => f.Key))
        {
            var message = messages.GetValueOrDefault(new RowKey(threadOf[id].Channel, (long)row[4]!));
            _events.Add((threadOf[id], row, message, message?[3] is long text ? texts[text] : null));
        }
    }

    /// <summary>Events that are written.</summary>
    public int Events => _events.Count;

    /// <summary>Writes everything and returns events per second.</summary>
    public async Task<double> RunAsync(string into, int batchSize)
    {
        await using (SqliteStore.Open(into))
        {
            // Makes the tables.
        }

        using var database = new RawDatabase(SqliteStore.FileIn(into));
        foreach (var pragma in (string[])["synchronous = FULL", "cache_size = -32000", "wal_autocheckpoint = 8000"])
            database.Run($"PRAGMA {pragma}");
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in _events.Chunk(batchSize))
            Write(database, batch);
        return _events.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Write(RawDatabase database, (RowKey Thread, object?[] Fact, object?[]? Message, object?[]? Text)[] batch)
    {
        database.Run("BEGIN IMMEDIATE");
        foreach (var (_, fact, message, text) in batch)
        {
            database.Run(_sql["fact"], fact);
            if (message is not null)
                database.Run(_sql["message"], message);
            if (text is not null)
                database.Run(_sql["text"], text);
        }

        // A thread is written once in a batch, however many events it has there.
        foreach (var thread in batch.Select(e => e.Thread).Distinct())
        {
            database.Run(_sql["thread"], _threads[thread]);
            database.Run(_sql["changed"], thread.Channel, thread.Ts, _contribution);
        }

        foreach (var (thread, fact, _, _) in batch)
        {
            if ((long)fact[4]! == thread.Ts && _actions.TryGetValue(thread, out var action))
                database.Run(_sql["action"], action);
        }

        database.Run("COMMIT");
    }

    private static string Upsert(RawDatabase database, string table)
    {
        var columns = database.Read($"SELECT name, pk FROM pragma_table_info('{table}')").Select(r => (Name: (string)r[0]!, InKey: (long)r[1]! > 0)).ToList();
        var key = string.Join(", ", columns.Where(c => c.InKey).Select(c => c.Name));
        var updates = string.Join(", ", columns.Where(c => !c.InKey).Select(c => $"{c.Name} = excluded.{c.Name}"));
        var values = string.Join(", ", columns.Select(_ => "?"));
        return $"INSERT INTO {table} VALUES({values}) ON CONFLICT({key}) DO UPDATE SET {updates}";
    }

    private readonly record struct RowKey(long Channel, long Ts);
}
