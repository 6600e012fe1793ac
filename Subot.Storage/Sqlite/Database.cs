using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Subot.Storage.Sqlite;

/// <summary>One connection and its prepared statements; used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    // By reference: the texts are literals, and hashing a long one costs as much as running it.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

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
            // Longer than any commit of ours, shorter than Slack's patience with an acknowledgement.
            database.Execute("PRAGMA busy_timeout = 2000");
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

    /// <summary>The prepared statement of this text, which is a constant.</summary>
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
        var statement = new Statement(_connection.Handle!, sql);
        try
        {
            statement.Run();
        }
        finally
        {
            statement.Close();
        }
    }

    /// <summary>Reads one number; 0 if there is none.</summary>
    public long Scalar(string sql)
    {
        using var row = this[sql];
        return row.Step() ? row.Integer(0) : 0;
    }

    /// <summary>Reads in one transaction: each statement alone would take and leave the file's locks.</summary>
    public void Read(Action work)
    {
        this["BEGIN"].Run();
        try
        {
            work();
        }
        finally
        {
            EndRead();
        }
    }

    /// <summary>Holds on to the state of the database as it is now, until <see cref="EndRead"/>.</summary>
    public void BeginRead()
    {
        this["BEGIN"].Run();
        Scalar("SELECT count(*) FROM meta");
    }

    /// <summary>Lets go of the state that was held.</summary>
    public void EndRead() => this["COMMIT"].Run();

    /// <summary>The same; false if the connection is of no use any more.</summary>
    public bool TryEndRead()
    {
        try
        {
            EndRead();
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>Whether both hold on to the same state.</summary>
    public bool ReadsTheSameAs(Database other)
    {
        // Neither has a snapshot while the log is empty; then there was no commit in between.
        var (mine, its) = (raw.sqlite3_snapshot_get(_connection.Handle!, "main", out var one), raw.sqlite3_snapshot_get(other._connection.Handle!, "main", out var two));
        using (one)
        using (two)
            return mine == raw.SQLITE_OK && its == raw.SQLITE_OK ? raw.sqlite3_snapshot_cmp(one, two) == 0 : mine == its;
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
        catch
        {
            done = false;
            throw;
        }
        finally
        {
            // After some errors SQLite has rolled back by itself.
            if (!done && raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
                this["ROLLBACK"].Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Close();
        _connection.Dispose();
    }
}
