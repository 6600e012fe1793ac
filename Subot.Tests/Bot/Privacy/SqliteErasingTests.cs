using System.Text;
using NUnit.Framework;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Tests.Bot.Privacy;

/// <summary>Erasing in the embedded store: every byte of every file of its folder is looked at.</summary>
[TestFixture]
public sealed class SqliteErasingTests : ErasingContract
{
    private DirectoryInfo _folder = null!;

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    protected override Task<IStore> OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("subot-erasing-");
        return Task.FromResult<IStore>(SqliteStore.Open(_folder.FullName, BotRole.TryTake(_folder.FullName, out _)));
    }

    protected override Task<IReadOnlyList<string>> FoundAsync(IReadOnlyList<string> needles, bool onDisk) =>
        Task.FromResult<IReadOnlyList<string>>([.. needles.Where(n => _folder.GetFiles().Any(f => f.Name != "bot.lock" && Bytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(n)) >= 0))]);

    private static byte[] Bytes(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
