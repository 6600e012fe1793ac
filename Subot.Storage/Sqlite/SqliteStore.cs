using Subot.Domain;
using Subot.Storage.Codecs;

namespace Subot.Storage.Sqlite;

/// <summary>
/// The embedded store: one file, one writer at a time, write-ahead log with a full sync at every commit. Operations complete on the
/// calling thread: they are as short as the disk allows.
/// </summary>
public sealed partial class SqliteStore : IStore
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly Lock _writing = new();
    private readonly Database _database;
    private readonly BotRole? _role;
    private readonly NameRegister _names = new();
    private readonly BlobWriter _blob = new();
    private readonly Stack<Database> _readers = [];
    private bool _closed;

    private SqliteStore(string path, Database database, BotRole? role)
    {
        _path = path;
        _role = role;
        _database = database;
        _facts = new FactChain(database, _blob);
        _newestText = Math.Max(database.Scalar("SELECT max(id) FROM text"), database.Scalar("SELECT value FROM meta WHERE key = 'texts_indexed'"));
    }

    /// <summary>The file of a data folder that holds the database.</summary>
    public static string FileIn(string folder) => Path.Combine(folder, "subot.db");

    /// <summary>Opens the store of a data folder, and creates it if there is none.</summary>
    /// <param name="role">
    /// The role of the one program that writes threads, if the caller has it. Without it, what a crash left behind is mended only if no bot
    /// runs; threads may be read, and the settings, the inbox and actions written. The store gives it back when it is closed.
    /// </param>
    /// <exception cref="StoreException">It cannot be opened, is damaged, or was written by a newer program.</exception>
    public static SqliteStore Open(string folder, BotRole? role = null)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder '{folder}' cannot be made: {e.Message} Set SUBOT_DATA to a folder that may be written.", mayPass: false, e);
        }

        var database = Database.Open(FileIn(folder), readOnly: false);
        try
        {
            UseLog(database);
            database.Execute("PRAGMA synchronous = FULL");
            // What is deleted is not left readable in the free parts of the file.
            database.Execute("PRAGMA secure_delete = ON");
            database.Execute("PRAGMA cache_size = -16000");
            // A larger log: a checkpoint writes each page once, however often it changed since the last one.
            database.Execute("PRAGMA wal_autocheckpoint = 8000");
            Schema.Migrate(database);
            var store = new SqliteStore(FileIn(folder), database, role);
            store._names.Refresh(database);
            // Borrowed only after a crash: whoever wants the role meanwhile is refused.
            using var borrowed = role is null && store.IsBehindFacts ? BotRole.TryTake(folder, out _) : null;
            if (role is not null || borrowed is not null)
                store.Recover();
            return store;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Switches to a write-ahead log. Two programs that do so at once get in each other's way, and SQLite does not wait here.
    /// </summary>
    private static void UseLog(Database database)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var pause = default(SpinWait); ; pause.SpinOnce())
        {
            try
            {
                database.Execute("PRAGMA journal_mode = WAL");
                return;
            }
            catch (StoreException e) when (e.MayPass && TimeProvider.System.GetElapsedTime(began) < s_patience)
            {
                // The other one is done in a moment.
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Whoever has the bot's role has it alone: it holds every lease.</remarks>
    public ValueTask<Lease?> TryHoldAsync(string name, CancellationToken ct) => new(Lease.Endless);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_writing)
        {
            if (_closed)
                return ValueTask.CompletedTask;
            _closed = true;
            try
            {
                CatchUpProjections();
            }
            catch (StoreException)
            {
                // The facts are durable: the next start projects them.
            }
            finally
            {
                while (_readers.TryPop(out var reader))
                    reader.Dispose();
                _database.Dispose();
                _role?.Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }

    private int Channel(ChannelId channel) => _names.Find(_database, channel.Value);

    /// <summary>Looks several things up in one transaction.</summary>
    private void Read(Action work)
    {
        lock (_writing)
            _database.Read(work);
    }

    /// <summary>Does all of the work in one transaction, or none of it.</summary>
    private bool Write(Func<bool> work)
    {
        lock (_writing)
        {
            var (done, known) = (false, _names.Count);
            try
            {
                return done = _database.Transact(work);
            }
            finally
            {
                // Names that the transaction would have added are not there.
                if (!done)
                    _names.KeepOnly(known);
            }
        }
    }

    private void Write(Action work) => Write(() =>
    {
        work();
        return true;
    });
}
