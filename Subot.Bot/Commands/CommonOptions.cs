using System.CommandLine;
using Subot.Hosting.Configuration;
using Subot.Slack;
using Subot.Storage;
using Subot.Storage.Sqlite;

namespace Subot.Bot.Commands;

/// <summary>What the commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The folder of the store.</summary>
    public static Option<string?> Data() => new("--data") { Description = "Folder of the store (default: SUBOT_DATA, or ./data)", HelpName = "DIR" };

    /// <summary>The folder that was named, or that the environment names.</summary>
    public static string FolderOf(string? named) =>
        named ?? Configuration.BotOptions.DataFolderOf(new ParameterReader(ParameterSource.OfProcess(Directory.GetCurrentDirectory())));

    /// <summary>Opens a store that must be there.</summary>
    public static SqliteStore OpenExisting(string folder) => File.Exists(SqliteStore.FileIn(folder))
        ? SqliteStore.Open(folder)
        : throw new StartRefusedException($"There is no store in '{Path.GetFullPath(folder)}'. Name its folder with --data, or fill one with 'subot import' or by running the bot.");

    /// <summary>Takes the role of the one program that writes threads.</summary>
    public static BotRole TakeBotRole(string folder) => BotRole.TryTake(folder, out var holder)
        ?? throw new StartRefusedException($"Another bot runs on '{Path.GetFullPath(folder)}' ({holder}). Stop it, or name another folder with SUBOT_DATA.");

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
