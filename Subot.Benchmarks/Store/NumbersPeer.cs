using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Subot.Domain;
using Subot.Domain.Facts;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Benchmarks.Store;

/// <summary>Milliseconds of questions for numbers.</summary>
/// <param name="Years">Random years with random filters.</param>
/// <param name="All">All ten years with random filters.</param>
internal sealed record NumbersTimes(IReadOnlyList<double> Years, IReadOnlyList<double> All);

/// <summary>What a fresh process measured: at once, and right after new events.</summary>
internal sealed record NumbersReport(NumbersTimes Fresh, NumbersTimes AfterEvents, double EventMilliseconds);

[JsonSerializable(typeof(NumbersReport))]
internal sealed partial class NumbersJson : JsonSerializerContext;

/// <summary>Asks a store of ten years for numbers, as a process of its own that has not read the store before.</summary>
internal static class NumbersPeer
{
    private const int Years = 100;
    private const int AllYears = 20;
    private const int NewEvents = 1000;
    private const int BatchSize = 50;

    public static async Task RunAsync(string data, int threads, CancellationToken ct)
    {
        await using var store = SqliteStore.Open(data);
        var random = new Random(11);
        var fresh = await AskAsync(store, random, ct);
        var start = Stopwatch.GetTimestamp();
        await WriteEventsAsync(store, new TenYears(store, threads), threads, random, ct);
        var perEvent = Stopwatch.GetElapsedTime(start).TotalMilliseconds / NewEvents;
        var report = new NumbersReport(fresh, await AskAsync(store, random, ct), perEvent);
        Console.WriteLine(JsonSerializer.Serialize(report, NumbersJson.Default.NumbersReport));
    }

    private static async Task<NumbersTimes> AskAsync(SqliteStore store, Random random, CancellationToken ct)
    {
        var (from, to) = TenYears.Period;
        var years = new List<double>();
        for (var i = 0; i < Years; i++)
        {
            var start = from.AddSeconds(random.Next(9 * 365) * 86_400L);
            years.Add(await TimeAsync(store, start, start.AddSeconds(365 * 86_400L), Filter(random), ct));
        }

        var all = new List<double>();
        for (var i = 0; i < AllYears; i++)
            all.Add(await TimeAsync(store, from, to.AddSeconds(86_400), Filter(random), ct));
        return new NumbersTimes(years, all);
    }

    private static async Task<double> TimeAsync(SqliteStore store, Ts from, Ts to, NumbersFilter filter, CancellationToken ct)
    {
        var query = new NumbersQuery(TenYears.Channels, from, to, to, filter);
        var start = Stopwatch.GetTimestamp();
        await store.NumbersAsync(query, TenYears.Settings, ct);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static NumbersFilter Filter(Random random) => new()
    {
        Statuses = random.Next(3) == 0 ? [(ThreadStatus)random.Next(4)] : [],
        Requesters = random.Next(3) == 0 ? [TenYears.Asker(random.Next()), TenYears.Asker(random.Next())] : [],
        Responders = random.Next(3) == 0 ? [TenYears.Team(random.Next())] : [],
    };

    /// <summary>Emoji on threads of all ten years: each makes another day's numbers change.</summary>
    private static async Task WriteEventsAsync(SqliteStore store, TenYears years, int threads, Random random, CancellationToken ct)
    {
        for (var written = 0; written < NewEvents; written += BatchSize)
        {
            var changes = new List<ThreadChange>();
            foreach (var number in Enumerable.Range(0, BatchSize).Select(_ => random.Next(threads)).Distinct())
            {
                var key = years.Thread(number).State.Key;
                var known = (await store.LoadAsync([key], ct))[key];
                var added = new ReactionFact(TenYears.Period.To.AddSeconds(written + 1), true, key.Root, "eyes", TenYears.Team(number), BySelf: false);
                var facts = await store.LoadFactsAsync(key, ct);
                changes.Add(TenYears.Change(key, [.. facts, added], [added], known));
            }

            await store.CommitAsync(new ChangeSet { Threads = changes, Now = TenYears.Period.To }, ct);
        }
    }
}
