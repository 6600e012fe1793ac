using System.Text.Json;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;
using Subot.Benchmarks.Store;
using Subot.Storage.Sqlite;

namespace Subot.Benchmarks.Measurements;

/// <summary>Numbers of random years with random filters, out of ten years of threads.</summary>
internal sealed class NumbersSpeed : IMeasurement
{
    private const double YearLimit = 20;
    private const double AllLimit = 60;

    public string Name => "numbers";

    public string Title => "Numbers of ten years";

    public async Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        var (data, threads) = (await context.Years.TenAsync(ct), context.Years.Threads);
        // Compiled ahead like the bot, whose first question is meant.
        var peers = await context.PeersAsync(ct);
        context.Say("numbers: asking");
        var peer = await MeasuredProcess.RunAsync(
            peers.Executable, ["peer", "numbers", data, $"{threads}"], new Dictionary<string, string>(), ct);
        var report = JsonSerializer.Deserialize(peer.LastLines, NumbersJson.Default.NumbersReport)!;
        return new MeasuredSection(Name, Title,
        [
            new("threads", $"{threads:#,##0}, {Figures.Megabytes(new FileInfo(SqliteStore.FileIn(data)).Length):#,##0} MB on disk"),
            new("fresh process: the very first question, a year", $"{report.Fresh.Years[0]:0.0} ms"),
            .. Rows("fresh process", report.Fresh),
            .. Rows("right after 1,000 new events", report.AfterEvents),
        ]);
    }

    private static IEnumerable<MeasuredRow> Rows(string when, NumbersTimes times) =>
    [
        Row($"{when}: a year, 99 of 100", times.Years, YearLimit),
        Row($"{when}: all ten years, 99 of 100", times.All, AllLimit),
    ];

    private static MeasuredRow Row(string what, IReadOnlyList<double> times, double limit) =>
        MeasuredRow.AtMost(what, times.Percentile(0.99), limit, "ms", $" (median {times.Median():0.0})");
}
