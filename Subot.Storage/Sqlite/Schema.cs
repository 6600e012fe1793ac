namespace Subot.Storage.Sqlite;

/// <summary>The tables, and the way from each version of them to the next.</summary>
internal static class Schema
{
    /// <summary>The version that this program writes; a database of a newer one is refused.</summary>
    public static int Version => NeverReleased + s_migrations.Length;

    // Databases of these versions were written while the tables still changed from day to day.
    private const int NeverReleased = 3;

    // Migrations only ever grow: the first makes the tables, each other leads from one version to the next. Channels, people and sets of
    // ids are numbers of the table 'name'.
    private static readonly string[][] s_migrations =
    [
        [
            "CREATE TABLE name(id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE)",
            // A thread's state as of its facts; 'version' guards against writing over somebody else's change; 'last_fact' ends the chain of
            // its facts; 'silence' is the hour since when an open request is silent (an hour, so that replies seldom touch the index).
            "CREATE TABLE thread(channel INTEGER, root INTEGER, version INTEGER NOT NULL, last_fact INTEGER NOT NULL, silence INTEGER, state BLOB NOT NULL, PRIMARY KEY(channel, root)) WITHOUT ROWID",
            "CREATE INDEX thread_open ON thread(channel, silence) WHERE silence IS NOT NULL",
            // Facts in the order in which they came, so that a commit appends them to a page or two; each names the one before it of its
            // thread. They are read only when a thread is folded.
            // 'actions' are those that the commit of the fact created: the table of actions follows from them.
            "CREATE TABLE fact(id INTEGER PRIMARY KEY, prior INTEGER NOT NULL, channel INTEGER NOT NULL, root INTEGER NOT NULL, time INTEGER NOT NULL, kind INTEGER NOT NULL, body BLOB NOT NULL, actions BLOB)",
            // Texts, appended like facts, and apart from them: they can be forgotten alone.
            "CREATE TABLE text(id INTEGER PRIMARY KEY, channel INTEGER NOT NULL, ts INTEGER NOT NULL, body TEXT NOT NULL)",
            // Message -> thread, its text and its fact; 0: none.
            "CREATE TABLE message(channel INTEGER, ts INTEGER, root INTEGER NOT NULL, text INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY(channel, ts)) WITHOUT ROWID",
            // Messages that were edited (the newest edit's fact and time) or deleted.
            "CREATE TABLE revision(channel INTEGER, ts INTEGER, edit INTEGER NOT NULL, edited INTEGER NOT NULL, deleted INTEGER NOT NULL, PRIMARY KEY(channel, ts)) WITHOUT ROWID",
            // Contributions that are not yet in their pack.
            "CREATE TABLE changed(channel INTEGER, root INTEGER, body BLOB NOT NULL, PRIMARY KEY(channel, root)) WITHOUT ROWID",
            // Contributions by root, some thousand to a row, column by column: those from 'first' up to the first of the channel's next
            // pack.
            "CREATE TABLE pack(id INTEGER PRIMARY KEY, channel INTEGER NOT NULL, first INTEGER NOT NULL, threads INTEGER NOT NULL, people BLOB NOT NULL, sums BLOB NOT NULL, rows BLOB NOT NULL, roots BLOB NOT NULL, times BLOB NOT NULL, tags BLOB NOT NULL)",
            "CREATE UNIQUE INDEX pack_first ON pack(channel, first, threads)",
            "CREATE TABLE action(id TEXT PRIMARY KEY, kind INTEGER NOT NULL, channel INTEGER NOT NULL, thread INTEGER, detail TEXT NOT NULL, not_after INTEGER NOT NULL, status INTEGER NOT NULL, next_try INTEGER NOT NULL, attempts INTEGER NOT NULL, text TEXT, place TEXT, place_thread INTEGER, attachment TEXT, posted INTEGER, second INTEGER) WITHOUT ROWID",
            "CREATE INDEX action_waiting ON action(channel, next_try) WHERE status < 2",
            "CREATE INDEX action_doubled ON action(id) WHERE second IS NOT NULL",
            // Posts that have to be deleted after the action's 'second'.
            "CREATE TABLE double_post(action TEXT, ts INTEGER, PRIMARY KEY(action, ts)) WITHOUT ROWID",
            "CREATE TABLE settings(number INTEGER PRIMARY KEY, valid_from INTEGER NOT NULL, body TEXT NOT NULL, author TEXT NOT NULL, written_at TEXT NOT NULL, environment TEXT)",
            "CREATE TABLE inbox(id INTEGER PRIMARY KEY AUTOINCREMENT, channel INTEGER NOT NULL, root INTEGER, about INTEGER NOT NULL, time INTEGER NOT NULL, kind INTEGER NOT NULL, body BLOB NOT NULL, text TEXT)",
            "CREATE TABLE channel(id INTEGER PRIMARY KEY, name TEXT NOT NULL, complete_until INTEGER NOT NULL, compared_until INTEGER NOT NULL)",
            "CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
        ],
        [
            // Who people are, by their own ids: nothing else refers to a row, so that one can go.
            "CREATE TABLE person(id TEXT PRIMARY KEY, as_of INTEGER NOT NULL, name TEXT NOT NULL, real_name TEXT NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL, display_name TEXT NOT NULL, email TEXT NOT NULL, image_32 TEXT NOT NULL, image_512 TEXT NOT NULL, is_bot INTEGER NOT NULL) WITHOUT ROWID",
        ],
        [
            // What was asked to be forgotten, and what came of it.
            "CREATE TABLE privacy(id TEXT PRIMARY KEY, asked_at INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
        ],
    ];

    /// <summary>Brings a database to this version.</summary>
    /// <exception cref="StoreException">It was written by a newer program.</exception>
    public static void Migrate(Database database)
    {
        if (Found(database) == Version)
            return;

        // Another process may be doing the same: what is there is asked again inside the transaction.
        database.Transact(() =>
        {
            for (var version = Math.Max(Found(database), NeverReleased); version < Version; version++)
            {
                foreach (var sql in s_migrations[version - NeverReleased])
                    database.Execute(sql);
                database.Execute($"PRAGMA user_version = {version + 1}");
            }

            return true;
        });
    }

    private static int Found(Database database)
    {
        var found = (int)database.Scalar("PRAGMA user_version");
        if (found is > 0 and <= NeverReleased)
            throw new StoreException($"The database is of version {found}, made before Subot was first released. Set SUBOT_DATA to another folder: the bot reads the history again, as an import does.", mayPass: false);
        return found <= Version
            ? found
            : throw new StoreException($"The database is of version {found}, written by a newer Subot; this one knows version {Version}. Update Subot, or restore the backup made before the update.", mayPass: false);
    }
}
