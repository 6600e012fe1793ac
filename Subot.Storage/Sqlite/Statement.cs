using System.Text;
using SQLitePCL;

namespace Subot.Storage.Sqlite;

/// <summary>
/// A prepared statement. The bare interface of SQLite is used on purpose: the apply loop runs some 200,000 statements a second, and
/// ADO.NET's share of each would be the larger one. Disposing hands it back for the next use.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 connection, string sql)
    {
        _connection = connection;
        SqliteErrors.Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), connection);
    }

    public Statement Bind(int parameter, long value)
    {
        SqliteErrors.Check(raw.sqlite3_bind_int64(_statement, parameter, value), _connection);
        return this;
    }

    public Statement Bind(int parameter, long? value) => value is { } known ? Bind(parameter, known) : Null(parameter);

    public Statement Bind(int parameter, string? value)
    {
        if (value is null)
            return Null(parameter);
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var bytes = most <= 1024 ? stackalloc byte[most] : new byte[most];
        SqliteErrors.Check(raw.sqlite3_bind_text(_statement, parameter, bytes[..Encoding.UTF8.GetBytes(value, bytes)]), _connection);
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        SqliteErrors.Check(raw.sqlite3_bind_blob(_statement, parameter, value), _connection);
        return this;
    }

    /// <summary>Runs it to its end and returns how many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Goes to the next row; at the end it is reset and ready for the next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            SqliteErrors.Check(code, _connection);
        return false;
    }

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    /// <summary>The bytes of a column; they are valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Leaves the rows that were not asked for, and with them the state of the database that they hold on to.</summary>
    public void Dispose() => raw.sqlite3_reset(_statement);

    /// <summary>Ends it for good.</summary>
    public void Close() => _statement.Dispose();

    private Statement Null(int parameter)
    {
        SqliteErrors.Check(raw.sqlite3_bind_null(_statement, parameter), _connection);
        return this;
    }
}
