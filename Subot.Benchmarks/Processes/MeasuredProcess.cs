using System.Diagnostics;

namespace Subot.Benchmarks.Processes;

/// <summary>How long a process took, and the last lines it wrote.</summary>
internal sealed record FinishedProcess(TimeSpan Elapsed, string LastLines);

/// <summary>A process under measurement. What it says is kept back and told when it fails.</summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = [];

    private MeasuredProcess(Process process) => _process = process;

    /// <summary>When it was started, as a timestamp of the stopwatch.</summary>
    public long StartedAt { get; private init; }

    /// <summary>Resident memory now, in bytes.</summary>
    public long Memory => Status("VmRSS:");

    /// <summary>The largest resident memory so far, in bytes.</summary>
    public long PeakMemory => Status("VmHWM:");

    /// <summary>Processor time so far, of all threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The last lines it wrote.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines)
                return string.Join('\n', _lastLines);
        }
    }

    /// <param name="environment">Added to our own, from which everything named SUBOT_ and SLACK_ is taken away.</param>
    public static MeasuredProcess Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("SUBOT_", StringComparison.Ordinal) || n.StartsWith("SLACK_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var startedAt = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"'{file}' did not start.");
        var measured = new MeasuredProcess(process) { StartedAt = startedAt };
        process.OutputDataReceived += (_, line) => measured.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => measured.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return measured;
    }

    /// <summary>Runs a process to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<FinishedProcess> RunAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        await using var process = Start(file, arguments, environment);
        await process._process.WaitForExitAsync(ct);
        var elapsed = Stopwatch.GetElapsedTime(process.StartedAt);
        if (process._process.ExitCode != 0)
            throw new InvalidOperationException($"'{file} {string.Join(' ', arguments)}' ended with {process._process.ExitCode}:\n{process.LastLines}");
        return new FinishedProcess(elapsed, process.LastLines);
    }

    /// <summary>Awaits something that the process must do; fails when it ends instead.</summary>
    public async Task<T> WithinAsync<T>(Func<CancellationToken, ValueTask<T>> something, TimeSpan limit, CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        waiting.CancelAfter(limit);
        var done = something(waiting.Token).AsTask();
        var ended = _process.WaitForExitAsync(waiting.Token);
        if (await Task.WhenAny(done, ended) == done && done.IsCompletedSuccessfully)
            return await done;
        ct.ThrowIfCancellationRequested();
        var what = _process.HasExited ? $"ended with {_process.ExitCode}" : "did not do in time what it must";
        throw new InvalidOperationException($"'{_process.StartInfo.FileName}' {what}. {done.Exception?.InnerException?.Message}\n{LastLines}");
    }

    /// <summary>Asks the process to stop and awaits it; kills it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await stop.WaitForExitAsync();
            using var limit = new CancellationTokenSource(s_stopTimeout);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept)
                _lastLines.Dequeue();
        }
    }

    private long Status(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024;
    }
}
