namespace Subot.Storage.Sqlite;

/// <summary>The role of the one program that writes threads into a data folder. It ends with the program, however that ends.</summary>
public sealed class BotRole : IDisposable
{
    private readonly FileStream _lock;

    private BotRole(FileStream file) => _lock = file;

    /// <summary>Takes the role, or tells who has it.</summary>
    public static BotRole? TryTake(string folder, out string? holder)
    {
        holder = null;
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(Path.Combine(folder, "bot.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new BotRole(file);
        }
        catch (IOException e)
        {
            holder = e.Message;
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
