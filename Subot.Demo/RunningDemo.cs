using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Subot.Api;
using Subot.Bot.Commands;
using Subot.Bot.Configuration;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Simulator;
using Subot.Storage;

namespace Subot.Demo;

/// <summary>A simulated workspace, a bot connected to it, and the analytics API on its store, in this process.</summary>
internal sealed class RunningDemo : IAsyncDisposable
{
    private const int MostTries = 5;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _bot;
    private volatile IStore? _store;
    private WebApplication? _api;

    private RunningDemo(SimulatorServer simulator, BotOptions options, Action<ILoggingBuilder> logging)
    {
        Simulator = simulator;
        _bot = Task.Run(() => RunCommand.RunAsync(options, logging, _stop.Token, (store, slack) => (_store = store, slack)));
    }

    public SimulatorServer Simulator { get; }

    /// <summary>Where the analytics API answers.</summary>
    public Uri ApiUrl { get; private set; } = new("http://localhost");

    /// <summary>Starts both; when it returns the bot is connected and has read what was written before.</summary>
    /// <param name="port">The simulator's port; 0 for any free one.</param>
    /// <param name="apiPort">The API's port; 0 for any free one.</param>
    /// <param name="environment">Values of SUBOT_ parameters that the demo leaves open.</param>
    /// <exception cref="IOException">The simulator's port is taken.</exception>
    /// <exception cref="StartRefusedException">The API's is, or the bot cannot start.</exception>
    public static async Task<RunningDemo> StartAsync(
        DemoPlace place,
        int port,
        int apiPort,
        string dataFolder,
        Func<string, string?> environment,
        Action<ILoggingBuilder> logging,
        CancellationToken ct)
    {
        var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Port = port, Workspace = place.Workspace }, ct);
        RunningDemo? demo = null;
        try
        {
            demo = new RunningDemo(simulator, BotOptions.Read(Parameters(place, simulator, environment), dataFolder), logging);
            await demo.CaughtUpAsync(place.Channels.Count, ct);
            await demo.StartApiAsync(apiPort, dataFolder, logging, ct);
            return demo;
        }
        catch
        {
            await (demo?.DisposeAsync() ?? simulator.DisposeAsync());
            throw;
        }
    }

    /// <summary>Runs until it is cancelled.</summary>
    public Task WaitAsync(CancellationToken ct) => _bot.WaitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
            await _api.DisposeAsync();
        await _stop.CancelAsync();
        await _bot.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Simulator.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>
    /// Starts the API on the bot's store, for an admin of sample data. Its address has to be known before: pages may write from there
    /// alone.
    /// </summary>
    private async Task StartApiAsync(int asked, string dataFolder, Action<ILoggingBuilder> logging, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            var port = asked == 0 ? FreePort() : asked;
            ApiUrl = new Uri($"http://localhost:{port}/");
            var options = ApiOptions.Read(new ParameterSource(name => name == "SUBOT_API_PORT" ? $"{port}" : null), dataFolder) with { SampleAdmin = true };
            _api = ApiServer.Build(options, _store!, TimeProvider.System, logging);
            try
            {
                await ApiServer.StartAsync(_api, port, "--api-port", ct);
                return;
            }
            catch (StartRefusedException) when (asked == 0 && tries < MostTries)
            {
                // Somebody took the free one in between.
                await _api.DisposeAsync();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task CaughtUpAsync(int channels, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_lookEvery);
        while (!_bot.IsCompleted)
        {
            // A channel is recorded when its history has been read.
            if (_store is { } store && (await store.ChannelsAsync(ct)).Count >= channels)
                return;
            await timer.WaitForNextTickAsync(ct);
        }

        await _bot;
    }

    private static ParameterSource Parameters(DemoPlace place, SimulatorServer simulator, Func<string, string?> environment) => new(name => name switch
    {
        "SLACK_APP_TOKEN" => simulator.AppToken,
        "SLACK_BOT_USER_OAUTH_ACCESS_TOKEN" => simulator.BotToken,
        "SLACK_API_URL" => simulator.ApiUrl.ToString(),
        "SLACK_ID" => string.Join(',', place.Channels),
        "SUBOT_TEAM" => string.Join(',', place.Team),
        "SUBOT_TIME_ZONE" => environment(name) ?? TimeZoneInfo.Local.Id,
        _ when name.StartsWith("SUBOT_", StringComparison.Ordinal) => environment(name),
        _ => null,
    });
}
