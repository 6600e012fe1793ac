using Microsoft.Extensions.Logging;
using Subot.Bot.Commands;
using Subot.Bot.Configuration;
using Subot.Hosting.Configuration;
using Subot.Hosting.Telemetry;

namespace Subot.Tests.Faults;

/// <summary>
/// The production bot in a process of its own. It stops when its standard input ends, and dies at <c>--at PLACE:PASS</c>.
/// </summary>
internal static class KilledBot
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        // The console reads on the thread that asks, whatever its methods are called.
        var told = Task.Run(() => Console.In.ReadToEnd(), CancellationToken.None);
        var stopping = told.ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var options = BotOptions.Read(ParameterSource.OfProcess(Directory.GetCurrentDirectory()), dataFolder: null);
        var point = arguments is ["--at", var at] ? KillPoint.Parse(at) : null;
        var code = await CommonOptions.GuardAsync(async () =>
        {
            await RunCommand.RunAsync(
                options,
                logging => logging.AddPlainConsole().SetMinimumLevel(LogLevel.Information),
                stop.Token,
                point is null ? null : (store, slack) => KilledOutside.Around(store, slack, point));
            return 0;
        });
        if (told.IsCompleted)
            await stopping;
        return code;
    }
}
