using System.CommandLine;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Hosting.Telemetry;
using Subot.Storage;

namespace Subot.Api;

/// <summary>The command line of the API.</summary>
internal static class ApiCommand
{
    public static RootCommand Create()
    {
        var data = new Option<string?>("--data") { Description = "Folder of the store (default: ELASTICSEARCH_URL if it is set, or SUBOT_DATA, or ./data)", HelpName = "DIR" };
        var command = new RootCommand("Subot's analytics API. It is configured by environment variables, see docs/api.md.") { data };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(data), ct));
        return command;
    }

    /// <summary>Runs the API until it is told to stop; what people can mend is told in one message, with exit code 1.</summary>
    private static async Task<int> RunAsync(string? dataFolder, CancellationToken ct)
    {
        try
        {
            var options = ApiOptions.Read(ParameterSource.OfProcess(Directory.GetCurrentDirectory()), dataFolder);
            await using var store = await options.Store.OpenBesideBotAsync(ct);
            await using var app = ApiServer.Build(options, store, TimeProvider.System, logging => logging.AddPlainConsole());
            await ApiServer.StartAsync(app, options.Port, "SUBOT_API_PORT", ct);
            ApiServer.Greet(app, options);
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is StartRefusedException or ConfigurationException or StoreException)
        {
            await Console.Error.WriteLineAsync("subot-api: " + e.Message);
            return 1;
        }
    }
}
