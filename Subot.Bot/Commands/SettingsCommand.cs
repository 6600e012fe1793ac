using System.CommandLine;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Hosting.SettingsFiles;
using Subot.Storage;

namespace Subot.Bot.Commands;

/// <summary>Moves the settings out of the store and in again, and tells who changed them.</summary>
internal static class SettingsCommand
{
    private const string Standard = "-";
    private const int UsualLimit = 10;

    public static Command Create() => new("settings", "Export, import and look back at the settings.") { Export(), Import(), Log() };

    private static Command Export()
    {
        var file = new Argument<string>("file") { Description = "The YAML file to write; - for standard output" };
        var force = new Option<bool>("--force") { Description = "Overwrite the file if there is one" };
        var data = CommonOptions.Data();
        var command = new Command("export", "Write all settings into a file that people can read, change and keep in git.") { file, force, data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(async () =>
        {
            await using var store = await CommonOptions.OpenExistingAsync(parsed.GetValue(data), ct);
            var history = await store.SettingsAsync(ct);
            if (history.IsEmpty)
                throw new StartRefusedException("There are no settings yet: the bot writes them at its first start, or 'subot settings import' does.");
            var yaml = SettingsYaml.WriteFile(history.At(Ts.From(TimeProvider.System.GetUtcNow())).Settings);
            if (parsed.GetValue(file) is Standard)
                await Console.Out.WriteAsync(yaml);
            else
                await WriteAsync(parsed.GetValue(file)!, yaml, parsed.GetValue(force), ct);
            return 0;
        }));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "The YAML file to read; - for standard input" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and write nothing" };
        var author = new Option<string?>("--author") { Description = "Who changes the settings, for the log (default: the name of your account)", HelpName = "NAME" };
        var data = CommonOptions.Data();
        var command = new Command("import", "Read all settings from a file. They are valid from now on; a bot that runs follows within a second.") { file, dryRun, author, data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(async () =>
        {
            var yaml = await ReadAsync(parsed.GetValue(file)!, ct);
            await using var store = await StorePlace.OfProcess(parsed.GetValue(data)).OpenAsync(ct);
            return await ImportAsync(store, yaml, parsed.GetValue(author) ?? Environment.UserName, parsed.GetValue(dryRun), ct);
        }));
        return command;
    }

    private static async Task<int> ImportAsync(IStore store, string yaml, string author, bool dryRun, CancellationToken ct)
    {
        var import = await SettingsImport.RunAsync(store, yaml, author, dryRun, TimeProvider.System, ct);
        if (import.Problems.Count > 0)
            throw new StartRefusedException($"The settings are refused, and nothing is written:{string.Concat(import.Problems.Select(p => $"{Environment.NewLine}  {p}"))}");
        foreach (var line in import.Difference)
            Console.WriteLine(line);
        Console.WriteLine(import.Difference.Count == 0 ? "Nothing changes." : dryRun ? "This would change; nothing is written." : "Written.");
        return 0;
    }

    private static Command Log()
    {
        var limit = new Option<int>("--limit") { Description = "How many versions, the newest first", DefaultValueFactory = _ => UsualLimit, HelpName = "N" }
            .AsNumber(1, int.MaxValue, $"no number of versions. Write for example {UsualLimit}.");
        var data = CommonOptions.Data();
        var command = new Command("log", "Tell who changed which settings, and when.") { limit, data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(async () =>
        {
            await using var store = await CommonOptions.OpenExistingAsync(parsed.GetValue(data), ct);
            foreach (var line in SettingsLog.Lines(await store.SettingsAsync(ct), parsed.GetValue(limit)))
                Console.WriteLine(line);
            return 0;
        }));
        return command;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            return file == Standard ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(file, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"'{file}' cannot be read: {e.Message}", e);
        }
    }

    private static async Task WriteAsync(string file, string yaml, bool force, CancellationToken ct)
    {
        if (!force && File.Exists(file))
            throw new StartRefusedException($"There is a file '{file}' already, and it stays as it is; --force overwrites it.");
        try
        {
            await File.WriteAllTextAsync(file, yaml, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"'{file}' cannot be written: {e.Message}", e);
        }
    }
}
