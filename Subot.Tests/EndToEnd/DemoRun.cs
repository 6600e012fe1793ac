using Microsoft.Extensions.Logging;
using Subot.Demo;
using Subot.Demo.Sample;
using Subot.Simulator;
using Subot.Simulator.Model;
using Subot.Storage.Sqlite;

namespace Subot.Tests.EndToEnd;

/// <summary>The demo as its program starts it, on a folder of its own, and a limit to everything that a test waits for.</summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);
    private readonly CancellationTokenSource _limit = new(s_longest);
    private readonly Workspace _workspace;
    private RunningDemo? _demo;

    private DemoRun(Workspace workspace) => _workspace = workspace;

    /// <summary>Ends a test that waits for what never comes.</summary>
    public CancellationToken Limit => _limit.Token;

    /// <summary>The folder of the bot's store.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("subot-test-").FullName;

    public SimulatorServer Simulator => _demo!.Simulator;

    public static Task<DemoRun> StartAsync(DemoPlace place, params (string Name, string Value)[] parameters) =>
        StartAsync(place, (_, _, _) => Task.CompletedTask, parameters);

    private static async Task<DemoRun> StartAsync(
        DemoPlace place, Func<string, DemoPlace, CancellationToken, Task> prepare, (string Name, string Value)[] parameters)
    {
        var run = new DemoRun(place.Workspace);
        var environment = parameters.ToDictionary(p => p.Name, p => p.Value);
        try
        {
            await prepare(run.Folder, place, run.Limit);
            run._demo = await RunningDemo.StartAsync(place, port: 0, apiPort: 0, run.Folder, name => environment.GetValueOrDefault(name), logging => logging.SetMinimumLevel(LogLevel.None), run.Limit);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }

        return run;
    }

    /// <summary>The sample workspace with what its team has set up, as the demo starts it without options.</summary>
    public static Task<DemoRun> StartSampleAsync(params (string Name, string Value)[] parameters) =>
        StartAsync(SampleWorkspace.Create(withPast: true, TimeProvider.System), (folder, place, ct) => SampleSettings.WriteAsync(folder, place.Team, TimeProvider.System, ct), parameters);

    /// <summary>How many messages the bot posted.</summary>
    public int Posts => _workspace.Channels.Sum(channel => channel.MessagesOf(_workspace.App.BotUserId).Count);

    /// <summary>Stops workspace and bot; the store stays until the end of the test.</summary>
    public async Task StopAsync()
    {
        if (_demo is not null)
            await _demo.DisposeAsync();
        _demo = null;
    }

    /// <summary>Opens the bot's store for reading.</summary>
    public SqliteStore OpenStore() => SqliteStore.Open(Folder);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _limit.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
