using System.Text.Json;
using Subot.Benchmarks.Http;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;
using Subot.Benchmarks.Store;
using Subot.Storage.Sqlite;

namespace Subot.Benchmarks.Measurements;

/// <summary>The published API over HTTP, on ten years of threads: numbers, the same beside half of the history, load, exports.</summary>
internal sealed class ApiSpeed(int rounds) : IMeasurement
{
    private const int Questions = 100;
    private const int Connections = 8;
    private const double YearLimit = 30;
    private const double HistoryLimit = 1.2;
    private static readonly string[] s_steps = ["month", "week", "day"];
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_load = TimeSpan.FromSeconds(20);

    private readonly List<double> _first = [];
    private readonly List<double> _summaries = [];
    private readonly Dictionary<string, List<double>> _series = s_steps.ToDictionary(s => s, _ => new List<double>());
    private readonly List<HttpLoadResult> _loads = [];
    private readonly List<double> _reading = [];
    private readonly List<double> _csv = [];
    private readonly List<double> _lines = [];

    public string Name => "api";

    public string Title => "The API over HTTP";

    public async Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        var (ten, five) = (await context.Years.TenAsync(ct), await context.Years.FiveAsync(ct));
        var (api, peers) = (await context.ApiAsync(ct), await context.PeersAsync(ct));
        var history = new TwoHistories();
        for (var round = 1; round <= rounds; round++)
        {
            context.Say($"api: questions to a fresh process, round {round} of {rounds}");
            await AskAsync(api, ten, round, ct);
            context.Say("api: five years beside ten");
            await history.AskAsync(api, five, ten, round, ct);
            context.Say("api: load");
            await LoadAsync(api, ten, ct);
            context.Say("api: exports");
            await ExportAsync(api, peers, ten, ct);
        }

        return new MeasuredSection(Name, Title,
        [
            new("threads", $"{context.Years.Threads:#,##0}, {Figures.Megabytes(new FileInfo(SqliteStore.FileIn(ten)).Length):#,##0} MB on disk"),
            new("fresh process: the very first question, a summary of a year", $"{_first.Median():0.0} ms"),
            Row("fresh process: summary of a year", _summaries),
            .. s_steps.Select(step => Row($"fresh process: a year by {step}s", _series[step])),
            .. history.Rows(HistoryLimit),
            .. LoadRows(),
            .. ExportRows(),
        ]);
    }

    private async Task AskAsync(PublishedProgram program, string data, int round, CancellationToken ct)
    {
        await using var api = await RunningApi.StartAsync(program, data, ct);
        var questions = new ApiQuestions(round);
        for (var i = 0; i < Questions; i++)
        {
            _summaries.Add(await api.TimeAsync(questions.SummaryOfYear(10), ct));
            if (i == 0)
                _first.Add(_summaries[^1]);
            foreach (var step in s_steps)
                _series[step].Add(await api.TimeAsync(questions.SeriesOfYear(10, step), ct));
        }
    }

    private async Task LoadAsync(PublishedProgram program, string data, CancellationToken ct)
    {
        await using var api = await RunningApi.StartAsync(program, data, ct);
        var load = new HttpLoad(api, Connections);
        await load.RunAsync(q => q.SummaryOfMonth(), s_warmUp, ct);
        _loads.Add(await load.RunAsync(q => q.SummaryOfMonth(), s_load, ct));
    }

    /// <summary>The same requests read, and exported in both forms, by processes that were just started.</summary>
    private async Task ExportAsync(PublishedProgram program, PublishedProgram peers, string data, CancellationToken ct)
    {
        var peer = await MeasuredProcess.RunAsync(peers.Executable, ["peer", "read", data], new Dictionary<string, string>(), ct);
        var read = JsonSerializer.Deserialize(peer.LastLines, ReadingJson.Default.ReadingReport)!;
        _reading.Add(read.Requests / read.Seconds);
        _csv.Add(await ExportAsync(program, data, "csv", read.Requests + 1, ct));
        _lines.Add(await ExportAsync(program, data, "jsonl", read.Requests, ct));
    }

    /// <summary>Requests per second.</summary>
    private static async Task<double> ExportAsync(PublishedProgram program, string data, string form, int lines, CancellationToken ct)
    {
        await using var api = await RunningApi.StartAsync(program, data, ct);
        var (from, to) = ReadingPeer.Period;
        var (exported, elapsed) = await api.ExportAsync($"/v2/threads.{form}?from={from.ToDateTimeOffset():yyyy-MM-ddTHH:mm:ssZ}&to={to.ToDateTimeOffset():yyyy-MM-ddTHH:mm:ssZ}", ct);
        return exported == lines ? exported / elapsed.TotalSeconds : throw new InvalidOperationException($"The export as {form} has {exported} lines instead of {lines}.");
    }

    private IEnumerable<MeasuredRow> LoadRows()
    {
        var load = _loads.OrderBy(l => l.PerSecond).ElementAt(_loads.Count / 2);
        yield return MeasuredRow.AtLeast($"summaries of months over {Connections} connections", load.PerSecond, 1000, "requests/s");
        yield return new("the same", $"{load}");
        // Of every round: none may fail.
        yield return MeasuredRow.AtMost($"errors in {_loads.Sum(l => l.Milliseconds.Count + l.Errors):#,##0} requests", _loads.Sum(l => l.Errors), 0, "errors");
    }

    private IEnumerable<MeasuredRow> ExportRows() =>
    [
        new("reading the requests of a year", Figures.PerSecond(_reading.Median())),
        new("exporting them as CSV, as JSON lines", $"{Figures.PerSecond(_csv.Median())}, {Figures.PerSecond(_lines.Median())}"),
        MeasuredRow.AtLeast("CSV / reading", _csv.Median() / _reading.Median(), 0.5, "times"),
        MeasuredRow.AtLeast("JSON lines / reading", _lines.Median() / _reading.Median(), 0.5, "times"),
    ];

    private static MeasuredRow Row(string what, IReadOnlyList<double> times) =>
        MeasuredRow.AtMost($"{what}, 95 of 100", times.Percentile(0.95), YearLimit, "ms", $" (median {times.Median():0.0})");
}
