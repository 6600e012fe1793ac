using System.Diagnostics;
using Subot.Benchmarks.Load;
using Subot.Benchmarks.Processes;
using Subot.Benchmarks.Reporting;

namespace Subot.Benchmarks.Measurements;

/// <summary>How fast the bot is there, and how much memory it takes: idle, and through a million events.</summary>
internal sealed class Footprint(int events) : IMeasurement
{
    private const int Starts = 7;
    private static readonly TimeSpan s_untilIdle = TimeSpan.FromSeconds(10);

    public string Name => "footprint";

    public string Title => "Start and memory";

    public async Task<MeasuredSection> MeasureAsync(MeasurementContext context, CancellationToken ct)
    {
        var bot = await context.BotAsync(ct);
        using var scratch = new ScratchFolder();
        context.Say("start");
        var first = new List<double>();
        var again = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            first.Add(await StartAsync(bot, scratch[$"bot{i}"], ct));
            again.Add(await StartAsync(bot, scratch["bot0"], ct));
        }

        context.Say("memory");
        await using var slack = await FakeSlack.StartAsync(ct);
        await using var process = Peers.Bot(bot, slack, scratch["memory"]);
        var connection = await process.ConnectionAsync(slack, ct);
        await Task.Delay(s_untilIdle, TimeProvider.System, ct);
        var idle = Figures.Megabytes(process.Memory);
        await process.LoadAsync(connection, new SupportTraffic(), events, ct);
        var peak = Figures.Megabytes(process.PeakMemory);
        await Task.Delay(s_untilIdle, TimeProvider.System, ct);
        return new MeasuredSection(Name, Title,
        [
            MeasuredRow.AtMost("process start to hello, empty store", first.Median(), 500, "ms"),
            MeasuredRow.AtMost("process start to hello, existing store", again.Median(), 500, "ms"),
            MeasuredRow.AtMost("memory when idle", idle, 80, "MB"),
            MeasuredRow.AtMost($"largest memory through {events:#,##0} events", peak, 200, "MB"),
            new($"memory {s_untilIdle.TotalSeconds:0} s after them", $"{Figures.Megabytes(process.Memory):0.#} MB"),
        ]);
    }

    /// <summary>Milliseconds from the start of the process until it is greeted.</summary>
    private static async Task<double> StartAsync(PublishedProgram bot, string data, CancellationToken ct)
    {
        await using var slack = await FakeSlack.StartAsync(ct);
        await using var process = Peers.Bot(bot, slack, data);
        var connection = await process.ConnectionAsync(slack, ct);
        return Stopwatch.GetElapsedTime(process.StartedAt, connection.GreetedAt).TotalMilliseconds;
    }
}
