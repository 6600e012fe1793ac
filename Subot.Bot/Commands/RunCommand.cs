using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Configuration;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Hosting.Telemetry;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Commands;

/// <summary>Runs the bot until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var command = new Command("run", "Run the bot until Ctrl-C (the default). It is configured by environment variables, see the README.") { data };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(data), ct));
        return command;
    }

    /// <summary>Runs the bot as the environment says.</summary>
    public static Task<int> RunAsync(string? dataFolder, CancellationToken ct) => CommonOptions.GuardAsync(async () =>
    {
        var options = BotOptions.Read(ParameterSource.OfProcess(Directory.GetCurrentDirectory()), dataFolder);
        await RunAsync(options, logging => logging.AddPlainConsole(), ct);
        return 0;
    });

    /// <summary>Runs a bot until it is cancelled.</summary>
    /// <param name="outside">Lets a test put something between the bot and its store or Slack.</param>
    public static async Task RunAsync(
        BotOptions options,
        Action<ILoggingBuilder> logging,
        CancellationToken ct,
        Func<IStore, ISlackApi, (IStore, ISlackApi)>? outside = null)
    {
        var time = TimeProvider.System;
        using var logs = LoggerFactory.Create(builder =>
        {
            logging(builder);
            builder.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        });
        // Opening the store takes as long as getting ready to talk to Slack: both at once.
        var opening = Task.Run(() => OpenAsync(options.Store, logs.CreateLogger<IStore>(), ct), CancellationToken.None);
        using var http = new HttpClient();
        var api = new SlackApi(
            http,
            new SlackApiOptions
            {
                BotToken = options.BotToken,
                AppToken = options.AppToken,
                BaseAddress = options.ApiUrl,
                PostsPerSecondAndChannel = options.PostsPerSecond > 0 ? options.PostsPerSecond : null,
            },
            time,
            logs.CreateLogger<SlackApi>());
        await using var opened = await opening;
        var (store, slack) = outside?.Invoke(opened, api) ?? (opened, api);
        var start = await BotStart.PrepareAsync(options, store, slack, time, logs.CreateLogger<BotStart>(), ct);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(logs);
        builder.Services.AddBot(options, start);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        using var host = builder.Build();
        var parts = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await host.RunAsync(ct);

        // A part that failed has stopped the host, which does not tell.
        foreach (var failed in parts.Where(s => s.ExecuteTask is { IsFaulted: true, Exception.InnerException: not OperationCanceledException }))
        {
            throw failed.ExecuteTask!.Exception!.InnerException as StartRefusedException
                ?? new StartRefusedException($"The bot stopped because {failed.GetType().Name} failed: {failed.ExecuteTask.Exception.InnerException!.Message}", failed.ExecuteTask.Exception);
        }
    }

    private static async Task<IStore> OpenAsync(StorePlace place, ILogger log, CancellationToken ct)
    {
        var (store, holder) = await place.TryOpenToWriteAsync(log, ct);
        return store ?? throw new StartRefusedException($"Another bot runs on '{place}' ({holder}). Stop it, or name another folder with SUBOT_DATA.");
    }

    /// <summary>The caller says when to stop: signals are its business, here the command line's.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
