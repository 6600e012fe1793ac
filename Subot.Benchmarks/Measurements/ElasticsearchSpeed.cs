using System.Diagnostics;
using Subot.Benchmarks.Load;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;
using Subot.Benchmarks.Store;
using Subot.Domain.Numbers;
using Subot.Domain.Projection;

namespace Subot.Benchmarks.Measurements;

/// <summary>What Elasticsearch costs: events beside a plain loop of bulks, numbers beside the aggregation sent by hand.</summary>
/// <param name="url">A running server; its indices of the prefix 'bench' are removed.</param>
internal sealed class ElasticsearchSpeed(string? url, int rounds, int threads) : IMeasurement
{
    private const int Events = 40_000;

    // Until then the bot compiles what is hot, on the processors that its server needs.
    private const int WarmUp = 40_000;
    private const int Questions = 60;
    private const string Prefix = "bench";

    private readonly List<LoadResult> _bot = [];
    private readonly List<double> _bare = [];
    private readonly List<double> _asked = [];
    private readonly List<double> _byHand = [];

    public string Name => "elasticsearch";

    public string Title => "Elasticsearch";

    public async Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        using var server = new SearchServer(new Uri(url ?? throw new InvalidOperationException("Name a server with --elasticsearch.")));
        var bot = await context.BotAsync(ct);
        for (var round = 1; round <= rounds; round++)
        {
            context.Say($"elasticsearch: events, round {round} of {rounds}");
            await server.RemoveAsync(Prefix, ct);
            await server.RemoveAsync($"{Prefix}-bare", ct);
            _bot.Add(await LoadAsync(bot, ct));
            var bare = new BareBulkLoop(server);
            await bare.ReadAsync(Prefix, ct);
            _bare.Add(await bare.RunAsync($"{Prefix}-bare", Math.Max(1, (int)Math.Round(_bot[^1].AcksTogether)), ct));
            context.Say($"Subot {_bot[^1]}; bare loop {Figures.PerSecond(_bare[^1])}");
        }

        await AskAsync(context, server, ct);
        await server.RemoveAsync(Prefix, ct);
        await server.RemoveAsync($"{Prefix}-bare", ct);
        return new MeasuredSection(Name, Title, Rows());
    }

    private async Task<LoadResult> LoadAsync(PublishedProgram bot, CancellationToken ct)
    {
        await using var slack = await FakeSlack.StartAsync(ct);
        await using var process = Peers.BotOnElasticsearch(bot, slack, url!, Prefix);
        var connection = await process.ConnectionAsync(slack, ct);
        var traffic = new SupportTraffic();
        await process.LoadAsync(connection, traffic, WarmUp, ct);
        return await process.LoadAsync(connection, traffic, Events, ct);
    }

    /// <summary>Random years with random filters out of ten, asked in turn through the store and by hand.</summary>
    private async Task AskAsync(MeasurementContext context, SearchServer server, CancellationToken ct)
    {
        await server.RemoveAsync(Prefix, ct);
        await using var store = await server.OpenAsync(Prefix, ct);
        context.Say($"elasticsearch: writing {threads:#,##0} threads");
        await new TenYears(store, threads).WriteAsync(context.Say, ct);
        await server.SendAsync(HttpMethod.Post, $"{Prefix}-threads/_refresh", null, ct);
        context.Say("elasticsearch: asking");
        var random = new Random(7);
        for (var i = 0; i < Questions * 2; i++)
        {
            var from = TenYears.Period.From.AddSeconds(random.Next(9 * 365) * 86_400L);
            var filter = new NumbersFilter
            {
                Statuses = random.Next(3) == 0 ? [(ThreadStatus)random.Next(4)] : [],
                Responders = random.Next(3) == 0 ? [TenYears.Team(random.Next())] : [],
            };
            var query = new NumbersQuery(TenYears.Channels, from, from.AddSeconds(365 * 86_400L), TenYears.Period.To, filter);
            // Nobody gains by what the other has warmed up: they take turns in being first.
            var (asked, byHand) = (0.0, 0.0);
            if (i % 2 == 0)
                byHand = await TimeAsync(() => server.SendAsync(HttpMethod.Post, $"{Prefix}-threads/_search?request_cache=false", BareAggregation.Of(query), ct));
            asked = await TimeAsync(() => store.NumbersAsync(query, TenYears.Settings, ct).AsTask());
            if (i % 2 == 1)
                byHand = await TimeAsync(() => server.SendAsync(HttpMethod.Post, $"{Prefix}-threads/_search?request_cache=false", BareAggregation.Of(query), ct));
            // Until both runtimes have compiled what is hot they measure their compilers.
            if (i < Questions)
                continue;
            _asked.Add(asked);
            _byHand.Add(byHand);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private List<MeasuredRow> Rows()
    {
        var (subot, bare) = (_bot.Select(r => r.PerSecond).Median(), _bare.Median());
        return
        [
            new("bare loop of bulks, batches of the bot's size", $"{Figures.PerSecond(bare)}, {_bot.Select(r => r.AcksTogether).Median():0} events each"),
            new("Subot", Figures.PerSecond(subot)),
            new("Subot, send to acknowledgement", $"median {_bot.Select(r => r.MedianAck.TotalMilliseconds).Median():0.0} ms, 99 % {_bot.Select(r => r.SlowAck.TotalMilliseconds).Median():0.0} ms"),
            MeasuredRow.AtLeast("Subot / bare loop", subot / bare, 0.5, "times"),
            new($"numbers of a year out of {threads:#,##0} threads", $"median {_asked.Median():0} ms, 95 % {_asked.Percentile(0.95):0} ms"),
            new("the aggregation by hand", $"median {_byHand.Median():0} ms, 95 % {_byHand.Percentile(0.95):0} ms"),
            MeasuredRow.AtMost("numbers / by hand", _asked.Median() / _byHand.Median(), 3, "times"),
        ];
    }
}
