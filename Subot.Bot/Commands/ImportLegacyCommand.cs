using System.CommandLine;
using Spectre.Console;
using Subot.Bot.Importing.Legacy;
using Subot.Domain;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Storage.Elasticsearch.Legacy;

namespace Subot.Bot.Commands;

/// <summary>Imports what the first Subot stored in Elasticsearch.</summary>
internal static class ImportLegacyCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("url") { Description = "The Elasticsearch of the first Subot, such as http://elasticsearch:9200; it is only read" };
        var channel = new Option<string?>("--channel") { Description = "Id of the channel that it watched (default: SLACK_ID)", HelpName = "ID" };
        var data = CommonOptions.Data();
        var command = new Command(
            "import-legacy",
            "Import what the first Subot stored, into a new store: messages, settings, and who was on call. It can be stopped and run again. "
            + "How to sign in to Elasticsearch is read from the environment.")
        {
            url, channel, data,
        };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(() =>
            RunAsync(parsed.GetValue(url)!, parsed.GetValue(channel), StorePlace.OfProcess(parsed.GetValue(data)), ct)));
        return command;
    }

    private static async Task<int> RunAsync(string url, string? named, StorePlace place, CancellationToken ct)
    {
        var reader = new ParameterReader(ParameterSource.OfProcess(Directory.GetCurrentDirectory()));
        var environment = SettingsParameters.Read(reader, TimeProvider.System);
        var channels = named is not null ? [named] : reader.Ids("SLACK_ID", "channel id", "CG", "C0123456789");
        reader.ThrowIfWrong();
        if (channels is not [{ Length: > 1 } channel] || channel[0] is not ('C' or 'G') || !channel.All(char.IsAsciiLetterOrDigit))
            throw new StartRefusedException("Name the channel that the first Subot watched by its id: --channel C0123456789. Its documents do not tell.");
        if (StorePlace.Named($"elasticsearch:{url}") is not ServerPlace source)
            throw new StartRefusedException($"'{url}' is no URL of Elasticsearch.");

        var data = await AnsiConsole.Status().StartAsync("Reading", context =>
            LegacyIndices.ReadAsync(source.Options, TimeProvider.System, count => context.Status($"Reading: {count} documents"), ct));
        await using var store = await place.OpenToWriteAsync(ct);
        var import = new LegacyImport(data, new ChannelId(channel), store, await CommonOptions.ForgettingAsync(store, ct), TimeProvider.System);
        var count = await AnsiConsole.Status().StartAsync("Importing", context =>
            import.RunAsync(environment, (done, all) => context.Status($"Importing: {done} of {all} messages"), ct));

        foreach (var line in import.Report.Lines())
            await Console.Out.WriteLineAsync(line);
        var settings = (await store.SettingsAsync(ct)).Latest.Settings;
        AnsiConsole.MarkupLineInterpolated(
            $"[green]{count.Threads}[/] messages with {count.Messages - count.Threads} replies, {count.Reactions} reactions, {count.Votes} votes and {count.Corrections} corrections of {channel} imported in {place}.");
        AnsiConsole.MarkupLineInterpolated(
            $"Set now: a team of [green]{settings.Everyone.Count}[/], {settings.Tools.Count} tools, {settings.Labels.Count} labels, {settings.Answers.Count} answers, {settings.OnCall.Duties.Count} turns on call, {settings.TimeZone}, {settings.Language}.");
        return 0;
    }
}
