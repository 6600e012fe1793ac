using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Subot.Domain;
using Subot.Domain.Numbers;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Benchmarks.Store;

/// <summary>How many requests were read, and in what time.</summary>
internal sealed record ReadingReport(int Requests, double Seconds);

[JsonSerializable(typeof(ReadingReport))]
internal sealed partial class ReadingJson : JsonSerializerContext;

/// <summary>
/// Reads the requests of a year out of the ten as an export has to, and throws them away: as a process of its own, what an export cannot do
/// without.
/// </summary>
internal static class ReadingPeer
{
    // As many as an export reads at a time.
    private const int PerRound = 2000;
    private const long Day = 86_400;

    /// <summary>The year that is read: the fifth.</summary>
    public static (Ts From, Ts To) Period { get; } = (TenYears.Period.From.AddSeconds(4 * 365 * Day), TenYears.Period.From.AddSeconds(5 * 365 * Day));

    public static async Task RunAsync(string data, CancellationToken ct)
    {
        await using var store = SqliteStore.Open(data);
        var start = Stopwatch.GetTimestamp();
        var query = new NumbersQuery(TenYears.Channels, Period.From, Period.To, TenYears.Period.To, new NumbersFilter());
        var page = new CountedPage(null, NewestFirst: false, PerRound);
        var requests = 0;
        while (true)
        {
            var found = await store.CountedAsync(query, page, ct);
            await store.LoadAsync([.. found.Select(t => t.Key)], ct);
            await store.LoadTextsAsync([.. found.Select(t => new MessageKey(t.Key.Channel, t.Key.Root))], ct);
            requests += found.Count;
            if (found.Count < PerRound)
                break;
            page = page with { After = found[^1].Key };
        }

        var report = new ReadingReport(requests, Stopwatch.GetElapsedTime(start).TotalSeconds);
        Console.WriteLine(JsonSerializer.Serialize(report, ReadingJson.Default.ReadingReport));
    }
}
