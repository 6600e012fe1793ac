using System.CommandLine;
using Spectre.Console;
using Subot.Bot.Privacy;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Privacy;

namespace Subot.Bot.Commands;

/// <summary>What the commands share.</summary>
internal static class CommonOptions
{
    /// <summary>
    /// Leaves lines whole where a file or another program reads them: neither has a width, and ids and addresses are to stay whole.
    /// </summary>
    public static void KeepLinesWhole()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 100_000;
    }

    /// <summary>The folder of the store.</summary>
    public static Option<string?> Data() =>
        new("--data") { Description = "Folder of the store (default: ELASTICSEARCH_URL if it is set, or SUBOT_DATA, or ./data)", HelpName = "DIR" };

    /// <summary>Opens the store that a command names, or the environment; it must be there.</summary>
    public static Task<IStore> OpenExistingAsync(string? folder, CancellationToken ct) =>
        StorePlace.OfProcess(folder).OpenExistingAsync(ct);

    /// <summary>What must not be stored: who was erased from the store, and texts older than SUBOT_RETENTION.</summary>
    public static async Task<Forgetting> ForgettingAsync(IStore store, CancellationToken ct)
    {
        var reader = new ParameterReader(ParameterSource.OfProcess(Directory.GetCurrentDirectory()));
        var retention = reader.SecondsOrOff("SUBOT_RETENTION", "off");
        reader.ThrowIfWrong();
        return new Forgetting(retention) { Erased = await ErasedPeople.OfAsync(store, ct) };
    }

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
