using Subot.Benchmarks.Processes;
using Subot.Storage.Sqlite;

namespace Subot.Benchmarks.Store;

/// <summary>Stores of the ten years, and of their first five alone: each is written when it is first needed.</summary>
/// <param name="threads">Of all ten years.</param>
/// <param name="kept">
/// The folder that keeps the ten years for the next time, with the five beside it; null: they are deleted in the end.
/// </param>
internal sealed class SampleYears(int threads, string? kept, Action<string> say) : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public int Threads => threads;

    /// <summary>The data folder of all ten years.</summary>
    public Task<string> TenAsync(CancellationToken ct) => MakeAsync(kept ?? _scratch["ten"], threads, ct);

    /// <summary>The data folder of the first five years, which are the same thread for thread.</summary>
    public Task<string> FiveAsync(CancellationToken ct) => MakeAsync(kept is null ? _scratch["five"] : kept + "-five", threads / 2, ct);

    public void Dispose() => _scratch.Dispose();

    private async Task<string> MakeAsync(string folder, int count, CancellationToken ct)
    {
        if (!Directory.Exists(folder))
            await WriteAsync(folder, count, ct);
        // Earlier measurements may have left some loose: packed as the bot does in the background.
        await using var store = SqliteStore.Open(folder);
        while (await store.PackAsync(ct))
            ct.ThrowIfCancellationRequested();
        return folder;
    }

    private async Task WriteAsync(string folder, int count, CancellationToken ct)
    {
        say($"writing {count:#,##0} threads");
        var unfinished = folder + "-unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        await using (var store = SqliteStore.Open(unfinished))
        {
            var messages = await new TenYears(store, threads).WriteAsync(count, say, ct);
            say($"{messages:#,##0} messages written");
        }

        Directory.Move(unfinished, folder);
    }
}
