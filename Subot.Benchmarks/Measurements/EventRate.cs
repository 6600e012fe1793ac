using Subot.Benchmarks.Load;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;
using Subot.Benchmarks.Store;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Storage.Sqlite;

namespace Subot.Benchmarks.Measurements;

/// <summary>
/// Events per second through a real websocket, acknowledged as each peer does it: the bot after its commit. All peers run in turn, in
/// several rounds; medians are compared.
/// </summary>
internal sealed class EventRate(int rounds) : IMeasurement
{
    private const int AckOnlyEvents = 200_000;
    private const int BoltEvents = 50_000;
    private const int BoltStoreEvents = 15_000;
    private const int BotEvents = 150_000;

    // Of ten events of the load four are requests.
    private const double RequestsPart = 0.4;

    // Until a runtime has compiled what is hot it measures its compiler.
    private const int WarmUpPart = 3;

    private readonly List<LoadResult> _ackOnly = [];
    private readonly List<LoadResult> _bolt = [];
    private readonly List<LoadResult> _boltStore = [];
    private readonly List<LoadResult> _bot = [];
    private readonly List<LoadResult> _withPatterns = [];
    private readonly List<double> _bare = [];

    public string Name => "events";

    public string Title => "Events per second";

    public async Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        await Peers.InstallBoltAsync(ct);
        var bot = await context.BotAsync(ct);
        for (var round = 1; round <= rounds; round++)
        {
            context.Say($"events, round {round} of {rounds}");
            using var scratch = new ScratchFolder();
            _ackOnly.Add(await RunAsync(Peers.AckOnly, AckOnlyEvents, ct));
            _bolt.Add(await RunAsync(slack => Peers.Bolt(slack, null), BoltEvents, ct));
            _boltStore.Add(await RunAsync(slack => Peers.Bolt(slack, scratch["bolt.db"]), BoltStoreEvents, ct));
            context.Say($"acknowledging only {_ackOnly[^1]}; Bolt {_bolt[^1]}; with SQLite {_boltStore[^1]}");
            _bot.Add(await RunAsync(slack => Peers.Bot(bot, slack, scratch["bot"]), BotEvents, ct));
            await GivePatternsAsync(scratch["patterns"], ct);
            _withPatterns.Add(await RunAsync(slack => Peers.Bot(bot, slack, scratch["patterns"]), BotEvents, ct));
            _bare.Add(await new BareLoop(scratch["bot"]).RunAsync(scratch["bare"], BatchSize(_bot[^1])));
            context.Say($"Subot {_bot[^1]}; with patterns {_withPatterns[^1]}; bare loop {Figures.PerSecond(_bare[^1])}");
        }

        return new MeasuredSection(Name, Title, Rows());
    }

    private static async Task<LoadResult> RunAsync(Func<FakeSlack, MeasuredProcess> start, int events, CancellationToken ct)
    {
        await using var slack = await FakeSlack.StartAsync(ct);
        await using var process = start(slack);
        var connection = await process.ConnectionAsync(slack, ct);
        var traffic = new SupportTraffic();
        await process.LoadAsync(connection, traffic, events / WarmUpPart, ct);
        var before = process.ProcessorTime;
        var result = await process.LoadAsync(connection, traffic, events, ct);
        return result with { ProcessorTime = process.ProcessorTime - before };
    }

    /// <summary>A store whose team looks for a hundred patterns in each request.</summary>
    private static async Task GivePatternsAsync(string folder, CancellationToken ct)
    {
        await using var store = SqliteStore.Open(folder);
        var tools = SamplePatterns.Tools.Select(t => new Tag(t.Id, t.Id, [.. t.Patterns]));
        await store.AppendSettingsAsync(new SettingsVersion(1, Ts.Zero, new TeamSettings { Tools = [.. tools] }, "benchmark"), ct);
    }

    private static int BatchSize(LoadResult result) => Math.Max(1, (int)Math.Round(result.AcksTogether));

    private List<MeasuredRow> Rows()
    {
        var (subot, boltStore, bare) = (Rate(_bot), Rate(_boltStore), _bare.Median());
        return
        [
            new("acknowledging only (.NET)", Figures.PerSecond(Rate(_ackOnly))),
            new("Bolt, no store", Figures.PerSecond(Rate(_bolt))),
            new("Bolt with SQLite", Figures.PerSecond(boltStore)),
            new("bare loop, batches of the bot's size", $"{Figures.PerSecond(bare)}, {_bot.Select(r => r.AcksTogether).Median():0} events each"),
            new("Subot", Figures.PerSecond(subot)),
            new("Subot, processor time of an event", $"{_bot.Select(r => r.ProcessorMicrosecondsPerEvent).Median():0} µs"),
            new("Subot, send to acknowledgement", $"median {_bot.Select(r => r.MedianAck.TotalMilliseconds).Median():0.0} ms, 99 % {_bot.Select(r => r.SlowAck.TotalMilliseconds).Median():0.0} ms"),
            new("Subot with a hundred patterns", Figures.PerSecond(Rate(_withPatterns))),
            MeasuredRow.AtLeast("requests of those", Rate(_withPatterns) * RequestsPart, 3000, "requests/s"),
            MeasuredRow.AtLeast("Subot / Bolt with SQLite", subot / boltStore, 10, "times"),
            MeasuredRow.AtLeast("Subot / bare loop", subot / bare, 0.5, "times"),
        ];
    }

    private static double Rate(IEnumerable<LoadResult> results) => results.Select(r => r.PerSecond).Median();
}
