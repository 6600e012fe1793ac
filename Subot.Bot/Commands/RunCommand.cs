using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Bot.Configuration;
using Subot.Hosting.Configuration;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Bot.Commands;

/// <summary>Runs the bot until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var command = new Command("run", "Run the bot until Ctrl-C (the default). It is configured by environment variables, see the README.") { data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(async () =>
        {
            var options = BotOptions.Read(ParameterSource.OfProcess(Directory.GetCurrentDirectory()), parsed.GetValue(data));
            await RunAsync(options, logging => logging.AddSimpleConsole(c =>
            {
                c.SingleLine = true;
                c.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            }), ct);
            return 0;
        }));
        return command;
    }

    /// <summary>Runs a bot until it is cancelled.</summary>
    /// <param name="outside">Lets a test put something between the bot and its store or Slack.</param>
    public static async Task RunAsync(
        BotOptions options, Action<ILoggingBuilder> logging, CancellationToken ct, Func<IStore, ISlackApi, (IStore, ISlackApi)>? outside = null)
    {
        using var role = CommonOptions.TakeBotRole(options.DataFolder);
        await using var opened = SqliteStore.Open(options.DataFolder);
        var time = TimeProvider.System;
        using var logs = LoggerFactory.Create(logging);
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
        var (store, slack) = outside?.Invoke(opened, api) ?? (opened, api);
        var start = await BotStart.PrepareAsync(options, store, slack, time, logs.CreateLogger<BotStart>(), ct);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        logging(builder.Logging);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Services.AddBot(options, start);
        using var host = builder.Build();
        await host.RunAsync(ct);
    }
}
