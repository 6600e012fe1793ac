using SQLitePCL;

namespace Subot.Benchmarks.Store;

/// <summary>SQLite without anything around it: what the bot's store is compared with must not pay for more than it needs.</summary>
internal sealed class RawDatabase : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly Dictionary<string, sqlite3_stmt> _statements = [];

    public RawDatabase(string file)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(file, out _connection));
    }

    /// <summary>Runs a statement with these values: numbers, texts, blobs (byte[]) and nulls.</summary>
    public void Run(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        while (raw.sqlite3_step(statement) is var code && code != raw.SQLITE_DONE)
            Check(code);
        Check(raw.sqlite3_reset(statement));
    }

    /// <summary>The rows of a query, one after another.</summary>
    public IEnumerable<object?[]> Read(string sql)
    {
        var statement = Bind(sql, []);
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            yield return [.. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i => Column(statement, i))];
        Check(raw.sqlite3_reset(statement));
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            _statements[sql] = statement;
        }

        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                string text => raw.sqlite3_bind_text(statement, i + 1, text),
                byte[] blob => raw.sqlite3_bind_blob(statement, i + 1, blob),
                var other => throw new ArgumentException($"A {other.GetType()} cannot be bound."),
            });
        }

        return statement;
    }

    private static object? Column(sqlite3_stmt statement, int i) => raw.sqlite3_column_type(statement, i) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, i),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, i).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, i).ToArray(),
        _ => null,
    };

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new InvalidOperationException($"SQLite: {raw.sqlite3_errmsg(_connection).utf8_to_string()}");
    }
}
