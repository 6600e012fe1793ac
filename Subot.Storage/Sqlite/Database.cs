using Microsoft.Data.Sqlite;

namespace Subot.Storage.Sqlite;

/// <summary>One connection and its prepared statements; used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];

    private Database(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens a database file.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static Database Open(string path, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            var database = new Database(connection);
            database.Execute("PRAGMA busy_timeout = 5000");
            return database;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteErrors.Explain(e.SqliteErrorCode, e.Message, e);
        }
        catch (StoreException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The prepared statement of this text.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
                _statements[sql] = statement = new Statement(_connection.Handle!, sql);
            return statement;
        }
    }

    /// <summary>Runs a statement that is needed once.</summary>
    public void Execute(string sql)
    {
        using var statement = new Statement(_connection.Handle!, sql);
        statement.Run();
    }

    /// <summary>Reads one number.</summary>
    public long Scalar(string sql)
    {
        using var statement = new Statement(_connection.Handle!, sql);
        return statement.Step() ? statement.Integer(0) : 0;
    }

    /// <summary>Does all of the work in one transaction, or none of it: also when the work returns false.</summary>
    public bool Transact(Func<bool> work)
    {
        this["BEGIN IMMEDIATE"].Run();
        var done = false;
        try
        {
            done = work();
            if (done)
                this["COMMIT"].Run();
            return done;
        }
        catch (StoreException)
        {
            done = false;
            throw;
        }
        finally
        {
            // After some errors SQLite has rolled back by itself.
            if (!done && SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
                this["ROLLBACK"].Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }
}
