using System.Diagnostics;
using System.Text.RegularExpressions;
using Subot.Benchmarks.Processes;

namespace Subot.Benchmarks.Http;

/// <summary>The published API on a store, as a process of its own that nobody has asked yet, and a client of it.</summary>
internal sealed partial class RunningApi : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient _client;

    private RunningApi(MeasuredProcess process, Uri address)
    {
        Process = process;
        Address = address;
        _client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    }

    public MeasuredProcess Process { get; }

    public Uri Address { get; }

    /// <summary>Starts it and awaits that it listens.</summary>
    public static async Task<RunningApi> StartAsync(PublishedProgram api, string data, CancellationToken ct)
    {
        var process = MeasuredProcess.Start(api.Executable, ["--data", data], new Dictionary<string, string> { ["SUBOT_API_PORT"] = "0" });
        try
        {
            return new RunningApi(process, await process.WithinAsync(waiting => AddressAsync(process, waiting), s_startTimeout, ct));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks, and returns the milliseconds until the whole answer was there.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<double> TimeAsync(string question, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await _client.GetAsync(question, ct);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{question}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
        return elapsed;
    }

    /// <summary>Takes an export, throws it away, and returns its lines and the time until its end.</summary>
    public async Task<(int Lines, TimeSpan Elapsed)> ExportAsync(string question, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        await using var stream = await _client.GetStreamAsync(question, ct);
        var (buffer, lines) = (new byte[BufferSize], 0);
        while (await stream.ReadAsync(buffer, ct) is var read and > 0)
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        return (lines, Stopwatch.GetElapsedTime(start));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Process.DisposeAsync();
    }

    private static async ValueTask<Uri> AddressAsync(MeasuredProcess process, CancellationToken ct)
    {
        Match said;
        while (!(said = Listening().Match(process.LastLines)).Success)
            await Task.Delay(s_pause, TimeProvider.System, ct);
        return new Uri(said.Groups["address"].Value);
    }

    [GeneratedRegex(@"The API listens on (?<address>http://127\.0\.0\.1:\d+)\s")]
    private static partial Regex Listening();
}
