using System.CommandLine;
using Spectre.Console;
using Subot.Bot.Apply;
using Subot.Bot.Importing;
using Subot.Bot.Privacy;
using Subot.Bot.Settings;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Hosting;
using Subot.Hosting.Configuration;
using Subot.Storage;

namespace Subot.Bot.Commands;

/// <summary>Imports a Slack export.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("export") { Description = "The zip that Slack made, or the folder it was unpacked to" };
        var channels = new Option<string[]>("--channel") { Description = "Names of the channels to import", Required = true, AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
        var team = new Option<string?>("--team") { Description = "User ids of the team, with commas (default: SUBOT_TEAM)", HelpName = "USERID,..." };
        var data = CommonOptions.Data();
        var command = new Command("import", "Import channels of a Slack export. It can be stopped and run again; what is known stays as it is.") { path, channels, team, data };
        command.SetAction((parsed, ct) => CommonOptions.GuardAsync(() =>
            RunAsync(parsed.GetValue(path)!, parsed.GetValue(channels)!, parsed.GetValue(team), StorePlace.OfProcess(parsed.GetValue(data)), ct)));
        return command;
    }

    private static async Task<int> RunAsync(string path, string[] names, string? team, StorePlace place, CancellationToken ct)
    {
        var wanted = SettingsOf(team);
        using var export = SlackExport.Open(path);
        var channels = Find(export, names);
        var (writable, holder) = await place.TryOpenToWriteAsync(null, ct);
        var byBot = holder is not null;
        await using var store = writable ?? await place.OpenAsync(ct);
        var forgetting = await CommonOptions.ForgettingAsync(store, ct);
        var settings = new CurrentSettings(await SettleAsync(store, forgetting.Erased.Of(wanted), team is not null, byBot, ct));

        var import = new ExportImport(export, store, settings, byBot ? ToInbox(store) : ToStore(store, settings, forgetting), !byBot, TimeProvider.System);
        var (read, added) = await WithProgressAsync(export, channels, import, ct);
        while (!byBot && await store.PackAsync(ct))
        {
        }

        var what = $"{Counted.Of(read, "message")} of {string.Join(", ", names)} read";
        // Of what waits for the bot nobody knows yet what is new.
        AnsiConsole.MarkupLineInterpolated(byBot ? (FormattableString)$"{what} and handed to the bot that runs on {place}." : $"{what}, [green]{added} of them new[/]; imported into {place}.");
        return 0;
    }

    private static TeamSettings SettingsOf(string? team)
    {
        var reader = new ParameterReader(ParameterSource.OfProcess(Directory.GetCurrentDirectory()));
        var settings = SettingsParameters.Read(reader, TimeProvider.System);
        reader.ThrowIfWrong();
        var wanted = settings.Over(new TeamSettings(), before: null);
        return team is null ? wanted : wanted with
        {
            Team = [.. team.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        };
    }

    private static List<(string Name, ChannelId Id)> Find(SlackExport export, string[] names)
    {
        var all = export.Channels();
        return [.. names.Select(n => n.TrimStart('#')).Select(name => all.FirstOrDefault(c => c.Name == name || c.Id == name) is { Id: { } id, Name: { } found }
            ? (found, new ChannelId(id))
            : throw new StartRefusedException($"The export has no channel '{name}'. It has: {string.Join(", ", all.Select(c => c.Name).Order(StringComparer.Ordinal))}."))];
    }

    /// <summary>
    /// The settings to import under. The first import into an empty store takes them from the environment; a team named here was always
    /// the team, so what is known already is projected anew.
    /// </summary>
    private static async Task<SettingsHistory> SettleAsync(
        IStore store, TeamSettings wanted, bool teamNamed, bool botRuns, CancellationToken ct)
    {
        await Reprojection.RefuseNewerAsync(store, ct);
        var history = await store.SettingsAsync(ct);
        if (!history.IsEmpty && (!teamNamed || history.At(Ts.Zero).Settings.Team.SetEquals(wanted.Team)))
        {
            // An import that was stopped here may have left some threads of the old team.
            if (!botRuns)
                await Reprojection.RunIfNeededAsync(store, history, ct);
            return history;
        }

        if (!history.IsEmpty && botRuns)
            throw new StartRefusedException("The bot runs with another team than --team names. Leave --team out, or stop the bot for the import.");

        var first = history.IsEmpty ? wanted : history.At(Ts.Zero).Settings with { Team = wanted.Team };
        var version = new SettingsVersion(history.Number + 1, Ts.Zero, first, "import") { WrittenAt = TimeProvider.System.GetUtcNow() };
        if (!await store.AppendSettingsAsync(version, ct))
            throw new StartRefusedException("The settings were changed by somebody else at the same time. Run the import again.");
        var changed = await store.SettingsAsync(ct);
        await Reprojection.RunIfNeededAsync(store, changed, ct);
        return changed;
    }

    /// <summary>
    /// Applies at once. Where bots share the store the settings may change meanwhile: after each batch they are followed, as a bot does.
    /// </summary>
    internal static ArrivalSink ToStore(IStore store, CurrentSettings settings, Forgetting forgetting)
    {
        var batch = new ApplyBatch(store, ReplyPolicy.None, forgetting);
        return async (arrivals, ct) =>
        {
            forgetting.Erased = forgetting.Erased.OrOf(await store.PrivacyRequestsAsync(ct));
            await batch.ApplyAsync(arrivals, settings.History, Ts.From(TimeProvider.System.GetUtcNow()), ct);
            await Reprojection.RefuseNewerAsync(store, ct);
            var settled = settings.History.Number;
            if (await store.NewestSettingsAsync(ct) == settled)
                return;
            settings.Replace(await store.SettingsAsync(ct));
            await Reprojection.FollowAsync(store, settings.History, settled, ct);
        };
    }

    private static ArrivalSink ToInbox(IStore store) => (arrivals, ct) =>
        store.PostAsync([.. arrivals.Select(a => new InboxItem(a.Thread, a.About, a.Fact, a.Text))], ct);

    private static async Task<(int Read, int New)> WithProgressAsync(SlackExport export, List<(string Name, ChannelId Id)> channels, ExportImport import, CancellationToken ct)
    {
        var (read, added) = (0, 0);
        await AnsiConsole.Progress().HideCompleted(false).StartAsync(async context =>
        {
            foreach (var (name, id) in channels)
            {
                var task = context.AddTask(Markup.Escape("#" + name), maxValue: Math.Max(1, export.Days(name).Count));
                var count = await import.RunAsync(name, id, () => task.Increment(1), ct);
                (read, added) = (read + count.Read, added + count.New);
                task.Value = task.MaxValue;
            }
        });
        return (read, added);
    }
}
