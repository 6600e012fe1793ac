using System.CommandLine;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Commands;

/// <summary>What the commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The folder of the store.</summary>
    public static Option<string?> Data() =>
        new("--data") { Description = "Folder of the store (default: ELASTICSEARCH_URL if it is set, or SUBOT_DATA, or ./data)", HelpName = "DIR" };

    /// <summary>Opens the store that a command names, or the environment; it must be there.</summary>
    public static Task<IStore> OpenExistingAsync(string? folder, CancellationToken ct) => StorePlace.OfProcess(folder).OpenExistingAsync(ct);

    /// <summary>Runs a command; what people can mend is told in one message on standard error, with exit code 1.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e) when (e is StartRefusedException or ConfigurationException or StoreException or SlackException)
        {
            await Console.Error.WriteLineAsync("subot: " + e.Message);
            return 1;
        }
    }
}
