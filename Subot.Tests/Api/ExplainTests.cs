using NUnit.Framework;
using Subot.Api.Contracts.Numbers;
using Subot.Api.Contracts.Threads;
using Subot.Domain;
using Subot.Storage;
using Subot.Storage.Sqlite;
using Subot.Tests.Storage;
using Subot.Tests.Storage.Elasticsearch;

namespace Subot.Tests.Api;

/// <summary>
/// A thousand random numbers, opened: what is listed behind each gives it again, by the plain arithmetic of <see cref="Recomputed"/>, which
/// knows nothing of the domain's; on both stores.
/// </summary>
internal sealed class ExplainTests
{
    private const int Numbers = 1000;
    private static readonly Ts s_begin = RandomThreads.At(2025, 5, 1);
    private static readonly Ts s_end = RandomThreads.At(2025, 9, 1);

    private static readonly string[] s_durations =
        [.. new[] { "first_response", "acknowledged", "next_response", "first_solved", "last_solved", "waiting_on_team", "waiting_on_requester" }.SelectMany(d => new[] { d, d + "_working" })];

    private static readonly Dictionary<string, Func<RequestNumbers, long>> s_counts = new()
    {
        ["requests"] = n => n.Requests,
        ["responded"] = n => n.Responded,
        ["waiting"] = n => n.Waiting,
        ["solved"] = n => n.Solved,
        ["expired"] = n => n.Expired,
        ["open"] = n => n.Open,
        ["target_met"] = n => n.ResponseTarget.Met,
        ["target_breached"] = n => n.ResponseTarget.Breached,
        ["target_running"] = n => n.ResponseTarget.Running,
        ["target_not_judged"] = n => n.ResponseTarget.NotJudged,
        ["reopenings"] = n => n.Reopenings,
        ["reopened_threads"] = n => n.ReopenedThreads,
        ["ever_solved"] = n => n.EverSolved,
        ["estimated_closings"] = n => n.EstimatedClosings,
        ["useful"] = n => n.Useful,
        ["useless"] = n => n.Useless,
        ["answered"] = n => n.Answered,
        ["asked_feedback"] = n => n.AskedFeedback,
        ["deflected"] = n => n.Deflected,
    };

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [Test]
    public async Task A_thousand_numbers_of_the_embedded_store_are_what_their_threads_say()
    {
        var folder = Directory.CreateTempSubdirectory("subot-explain-");
        await using (var store = SqliteStore.Open(folder.FullName))
            await ExplainAllAsync(store);
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_thousand_numbers_of_Elasticsearch_are_what_their_threads_say()
    {
        await using var indices = new ServerIndices(await SearchServers.SharedAsync(ServerKind.Elasticsearch));
        await using var store = await indices.OpenAsync(Ct);
        await ExplainAllAsync(store);
    }

    private static async Task ExplainAllAsync(IStore store)
    {
        await GeneratedThreads.FillAsync(store, seed: 8, threads: 1200, s_begin, s_end, s_end.AddSeconds(600 * 86400));
        await using var api = await RunningApi.StartAsync(store);
        var random = new RandomThreads(21);
        var (opened, values) = (0, 0);
        while (opened < Numbers)
        {
            var filter = FilterOf(random);
            var summary = await api.GetAsync<Summary>($"/v2/summary?{filter}");
            // Some ten numbers of each question.
            for (var i = 0; i < 10; i++, opened++)
                values += await OpenAsync(api, random, filter, summary);
        }

        Assert.That(values, Is.GreaterThan(3 * Numbers), "mostly there is something behind a number");
    }

    /// <summary>Opens a number, and compares it with what is behind it; returns how many requests that are.</summary>
    private static async Task<int> OpenAsync(RunningApi api, RandomThreads random, string filter, Summary summary)
    {
        var asOf = summary.Scope.AsOf;
        if (random.Next(2) == 0)
        {
            var (name, number) = s_counts.ElementAt(random.Next(s_counts.Count));
            var counted = await ThreadsAsync(api, name, filter);
            Assert.That(counted.Sum(t => t.Value), Is.EqualTo(number(summary.Numbers)), $"{name} of {filter}");
            foreach (var thread in counted)
                Recomputed.AssertGrounds(name, thread, asOf);
            return counted.Count;
        }

        var duration = s_durations[random.Next(s_durations.Length)];
        var threads = await ThreadsAsync(api, duration, filter);
        foreach (var thread in threads)
            Assert.That(Recomputed.Seconds(thread, asOf, working: duration.EndsWith("_working", StringComparison.Ordinal)), Is.EqualTo(thread.Value), $"{duration} of {thread.Channel} {thread.Ts}");
        var told = (Durations)typeof(RequestNumbers).GetProperty(string.Concat(duration.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..])))!.GetValue(summary.Numbers)!;
        Assert.That(Recomputed.Durations(threads, told.Median is not null || !filter.Contains("status", StringComparison.Ordinal)), Is.EqualTo(told), $"{duration} of {filter}");
        return threads.Count;
    }

    private static async Task<List<ExplainedThread>> ThreadsAsync(RunningApi api, string number, string filter)
    {
        List<ExplainedThread> threads = [];
        string? cursor = null;
        do
        {
            var page = await api.GetAsync<Explanation>($"/v2/explain/{number}?{filter}&limit=40{(cursor is null ? "" : $"&cursor={cursor}")}");
            threads.AddRange(page.Threads);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.That(threads.Select(t => (t.Channel, t.Ts)), Is.Unique);
        return threads;
    }

    private static string FilterOf(RandomThreads random)
    {
        var from = random.Between(s_begin, s_end);
        var to = from.AddSeconds(86400L * (1 + random.Next(12)));
        var filter = $"from={from.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss'Z'}&to={to.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss'Z'}";
        return random.Next(5) switch
        {
            0 => filter + "&tool=git&tool=ci",
            1 => filter + "&label=access&channel=C0&channel=C2",
            2 => filter + "&status=fixed&status=responded",
            3 => filter + "&channel=C1",
            _ => filter,
        };
    }
}
