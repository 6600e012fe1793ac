using NUnit.Framework;
using Subot.Domain;
using Subot.Storage;
using Subot.Tests.Storage;

namespace Subot.Tests.Api;

/// <summary>Fills a store with threads of every sort, in three channels.</summary>
internal static class GeneratedThreads
{
    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    /// <param name="completeUntil">
    /// As of when numbers are judged; things go on happening to threads for months after <paramref name="end"/>.
    /// </param>
    public static async Task FillAsync(IStore store, int seed, int threads, Ts begin, Ts end, Ts completeUntil)
    {
        var random = new RandomThreads(seed);
        foreach (var version in RandomThreads.Settings.Written)
            await store.AppendSettingsAsync(version, Ct);
        foreach (var channel in Enumerable.Range(0, 3))
            await store.RecordChannelAsync(new ChannelRecord(new($"C{channel}"), $"channel {channel}", completeUntil, completeUntil), Ct);
        foreach (var part in Enumerable.Range(0, threads).Select(_ => random.Key(3, begin, end)).Distinct().Chunk(500))
            await store.CommitAsync(new ChangeSet { Threads = [.. part.Select(key => RandomThreads.Change(key, random.Facts(key)))], Now = begin }, Ct);
        // Some are packed, and some changed since.
        while (await store.PackAsync(Ct))
        {
        }

        var more = Enumerable.Range(0, threads / 20).Select(_ => random.Key(3, begin, end)).Select(key => RandomThreads.Change(key, random.Facts(key)));
        await store.CommitAsync(new ChangeSet { Threads = [.. more], Now = begin }, Ct);
    }
}
