using System.Diagnostics;

namespace Subot.Tests.EndToEnd;

/// <summary>What a run of the program said, and its exit code.</summary>
internal sealed record SubotRun(int ExitCode, string Output, string Error);

/// <summary>Runs the program <c>subot</c> as people do: a process with arguments and an environment.</summary>
internal static class SubotProgram
{
    // Its own output, not the copy beside the tests: that shares their framework and lacks what the framework has.
    private static readonly string s_path = Path.Combine(
        AppContext.BaseDirectory.Replace("Subot.Tests", "Subot.Bot", StringComparison.Ordinal), OperatingSystem.IsWindows() ? "subot.exe" : "subot");

    /// <summary>Runs it to its end, in an environment with these parameters and no others of ours.</summary>
    public static async Task<SubotRun> RunAsync(IEnumerable<(string Name, string Value)> parameters, CancellationToken ct, params string[] arguments)
    {
        var start = new ProcessStartInfo(s_path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("SUBOT_", StringComparison.Ordinal) || k.StartsWith("SLACK_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in parameters)
            start.Environment[name] = value;

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
}
