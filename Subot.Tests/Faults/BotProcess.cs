using System.Diagnostics;
using Subot.Simulator;
using Subot.Tests.Bot;

namespace Subot.Tests.Faults;

/// <summary>A bot in a process of its own, connected to a simulator.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly RecordedLogs _output = new();

    private BotProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>What it wrote, for a failing test.</summary>
    public string Output => _output.All;

    /// <summary>Waits until it has written so many lines with these words.</summary>
    public Task UntilAsync(string part, int times, CancellationToken ct) => _output.UntilAsync(part, times, ct);

    /// <summary>Starts a bot.</summary>
    /// <param name="environment">Parameters, besides the tokens and address of the simulator.</param>
    /// <param name="tracer">A program, with its arguments, to start it under.</param>
    public static BotProcess Start(
        SimulatorServer simulator, IReadOnlyDictionary<string, string> environment, KillPoint? point = null, params string[] tracer)
    {
        string[] command = [.. tracer, "dotnet", typeof(BotProcess).Assembly.Location, "bot", .. point is null ? (string[])[] : ["--at", point.ToString()]];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLACK_API_URL"] = simulator.ApiUrl.ToString();
        start.Environment["SLACK_APP_TOKEN"] = simulator.AppToken;
        start.Environment["SLACK_BOT_USER_OAUTH_ACCESS_TOKEN"] = simulator.BotToken;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var bot = new BotProcess(start);
        bot._process.Start();
        bot._process.BeginOutputReadLine();
        bot._process.BeginErrorReadLine();
        return bot;
    }

    /// <summary>Waits until it is gone; its exit code (137: killed).</summary>
    public async Task<int> ExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    /// <summary>Kills it, as kill -9 does.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        _process.Kill();
        await ExitAsync(ct);
    }

    /// <summary>Makes it stand still, as a machine that is short of everything does.</summary>
    public Task PauseAsync(CancellationToken ct) => SignalAsync("STOP", ct);

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync(CancellationToken ct) => SignalAsync("CONT", ct);

    /// <summary>Asks it to stop, as at Ctrl-C, and waits until it has.</summary>
    public Task<int> StopAsync(CancellationToken ct)
    {
        _process.StandardInput.Close();
        return ExitAsync(ct);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _output.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SignalAsync(string signal, CancellationToken ct)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(ct);
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _output.Add(line);
    }
}
