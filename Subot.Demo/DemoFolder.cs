using Subot.Storage.Sqlite;

namespace Subot.Demo;

/// <summary>The folder of the bot's store: the one that was named, or a temporary one that goes when the demo ends.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _isTemporary;

    private DemoFolder(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    public string Path { get; }

    /// <summary>Takes a folder.</summary>
    /// <exception cref="InvalidDataException">It holds the store of an earlier demo, whose workspace is gone.</exception>
    public static DemoFolder Open(string? named)
    {
        if (named is null)
            return new DemoFolder(Directory.CreateTempSubdirectory("subot-demo-").FullName, isTemporary: true);
        var path = System.IO.Path.GetFullPath(named);
        if (File.Exists(SqliteStore.FileIn(path)))
            throw new InvalidDataException($"'{path}' holds a store already, and its workspace ended with the demo that made it. Name a new folder with --data, or look into this one with 'dotnet run --project Subot.Bot -- stats --channel NAME --data {named}'.");
        return new DemoFolder(path, isTemporary: false);
    }

    public void Dispose()
    {
        if (_isTemporary)
            Directory.Delete(Path, recursive: true);
    }
}
