using SQLitePCL;

namespace Subot.Storage.Sqlite;

/// <summary>Turns SQLite's result codes into messages that say what to do.</summary>
internal static class SqliteErrors
{
    public static void Check(int code, sqlite3 connection)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW)
            return;
        throw Explain(code, raw.sqlite3_errmsg(connection).utf8_to_string());
    }

    public static StoreException Explain(int code, string detail, Exception? inner = null) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => new("The disk of the data folder is full. Free some space; nothing was lost, and writing goes on by itself.", true, inner),
        raw.SQLITE_IOERR => new($"The data folder cannot be read or written ({detail}). Check the disk and its free space.", true, inner),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new("The database is locked by another program. Close it; then try again.", true, inner),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            new($"The database is damaged ({detail}). Restore the data folder from a backup, or move it away and import the history again.", false, inner),
        raw.SQLITE_CANTOPEN => new($"The database cannot be opened ({detail}). Check that the data folder exists and may be written.", false, inner),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new("The data folder may not be written. Give the bot's user the right to write it.", false, inner),
        _ => new($"The database refused an operation: {detail} ({code}).", false, inner),
    };
}
