using System.Text;

namespace Subot.Storage.Sqlite;

/// <summary>
/// The right to be the bot of a data folder: a file that one process keeps open. It ends with the process, however that ends.
/// </summary>
public sealed class BotRole : IDisposable
{
    private const string LockFile = "bot.lock";
    private const string HolderFile = "bot.holder";

    // What the systems say of a file that another process keeps open.
    private const int SharingViolation = 32;
    private const int LockViolation = 33;
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockElsewhere = 35;

    private readonly FileStream _lock;

    private BotRole(FileStream taken) => _lock = taken;

    /// <summary>Takes the role; null if another process, or another place in this one, has it.</summary>
    /// <param name="holder">Who has it, for a message: process id and host.</param>
    /// <exception cref="StoreException">The folder may not be written.</exception>
    public static BotRole? TryTake(string folder, out string? holder)
    {
        holder = null;
        var path = Path.Combine(folder, LockFile);
        try
        {
            Directory.CreateDirectory(folder);
            var role = new BotRole(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            Sign(folder);
            return role;
        }
        catch (IOException e) when (IsTaken(e))
        {
            holder = Holder(folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder '{folder}' may not be written: {e.Message} Set SUBOT_DATA to a folder that may be.", mayPass: false, e);
        }
    }

    /// <summary>Gives the role back.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>Whether the file is open elsewhere; a full or broken disk is no other bot.</summary>
    private static bool IsTaken(IOException e) => OperatingSystem.IsWindows()
        ? (e.HResult & 0xffff) is SharingViolation or LockViolation
        : e.HResult is WouldBlockOnLinux or WouldBlockElsewhere;

    /// <summary>
    /// Leaves word of who has it; beside the lock, for nobody else can read that. Not being able to is no reason not to run.
    /// </summary>
    private static void Sign(string folder)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, HolderFile), $"process {Environment.ProcessId} on {Environment.MachineName}", Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody reads it at this moment, or somebody else's file is in its place.
        }
    }

    private static string Holder(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, HolderFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
