using System.Diagnostics;

namespace Subot.Tests.EndToEnd;

/// <summary>What a run of a program said, and its exit code.</summary>
internal sealed record SubotRun(int ExitCode, string Output, string Error);

/// <summary>Runs our programs as people do: a process with arguments and an environment.</summary>
internal static class SubotProgram
{
    /// <summary>Runs <c>subot</c> to its end, in an environment with these parameters and no others of ours.</summary>
    public static Task<SubotRun> RunAsync(
        IEnumerable<(string Name, string Value)> parameters, CancellationToken ct, params string[] arguments) =>
        RunAsync(Start("Subot.Bot", "subot", parameters, arguments), ct);

    /// <summary>Runs the demo so.</summary>
    public static Task<SubotRun> RunDemoAsync(CancellationToken ct, params string[] arguments) =>
        RunAsync(Start("Subot.Demo", "Subot.Demo", [], arguments), ct);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<SubotRun> RunAsync(ProcessStartInfo start, CancellationToken ct)
    {
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new SubotRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>How a program of a project is started.</summary>
    public static ProcessStartInfo Start(
        string project, string program, IEnumerable<(string Name, string Value)> parameters, params string[] arguments)
    {
        // Its own output, not the copy beside the tests: that shares their framework and lacks what the framework has.
        var path = Path.Combine(AppContext.BaseDirectory.Replace("Subot.Tests", project, StringComparison.Ordinal), OperatingSystem.IsWindows() ? program + ".exe" : program);
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("SUBOT_", StringComparison.Ordinal) || k.StartsWith("SLACK_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        // Where it is set colours are written into files too.
        start.Environment.Remove("GITHUB_ACTIONS");
        foreach (var (name, value) in parameters)
            start.Environment[name] = value;
        return start;
    }
}
