using System.Diagnostics;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Subot.Tests.Bot;
using Subot.Tests.EndToEnd;

namespace Subot.Tests.Api;

/// <summary>The API as people run it alone: a process on any free port.</summary>
internal sealed partial class ApiProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly RecordedLogs _output = new();

    private ApiProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data ?? "(its end)");
        _process.ErrorDataReceived += (_, line) => _output.Add(line.Data ?? "");
    }

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    /// <summary>What it wrote.</summary>
    public string Output => _output.All;

    /// <summary>How it is started.</summary>
    public static ProcessStartInfo On(string folder, params (string Name, string Value)[] parameters) =>
        SubotProgram.Start("Subot.Api", "subot-api", parameters, "--data", folder);

    /// <summary>Starts it and awaits that it listens.</summary>
    public static async Task<ApiProcess> StartAsync(string folder, CancellationToken ct, params (string Name, string Value)[] parameters)
    {
        var api = new ApiProcess(On(folder, [("SUBOT_API_PORT", "0"), .. parameters]));
        try
        {
            api._process.Start();
            api._process.BeginOutputReadLine();
            api._process.BeginErrorReadLine();
            await await Task.WhenAny(api._output.UntilAsync("The API listens on", 1, ct), api._output.UntilAsync("(its end)", 1, ct));
            var address = Listening().Match(api.Output);
            Assert.That(address.Success, api.Output);
            api.Client.BaseAddress = new Uri(address.Groups["address"].Value);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _output.Dispose();
    }

    [GeneratedRegex(@"The API listens on (?<address>http://127\.0\.0\.1:\d+) ")]
    private static partial Regex Listening();
}
