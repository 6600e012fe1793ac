using Subot.Bot.Words;
using Subot.Domain;
using Subot.Domain.Settings;
using Subot.Hosting.SettingsFiles;
using Subot.Storage;
using Subot.Storage.Settings;

namespace Subot.Bot.Settings;

/// <summary>What a file makes of the settings of a store.</summary>
/// <param name="Problems">Why it is refused, all at once; nothing is written then.</param>
/// <param name="Difference">What changes, in lines of the file.</param>
internal sealed record SettingsImport(IReadOnlyList<string> Problems, IReadOnlyList<string> Difference)
{
    /// <summary>
    /// Looks at a file, and writes its settings as a new version, unless it is only to be looked at. A bot that runs follows.
    /// </summary>
    public static async Task<SettingsImport> RunAsync(
        IStore store, string yaml, string author, bool dryRun, TimeProvider time, CancellationToken ct)
    {
        var (document, unreadable) = SettingsYaml.Read(yaml);
        if (document is null)
            return new SettingsImport(unreadable, []);
        var now = Ts.From(time.GetUtcNow());
        var history = await store.SettingsAsync(ct);
        var present = history.IsEmpty ? new TeamSettings() : history.At(now).Settings;
        var (settings, problems) = SettingsFile.Over(document, present);
        problems = [.. problems, .. Wording.Problems(settings.Templates)];
        if (problems.Count > 0)
            return new SettingsImport(problems, []);

        var difference = LineDifference.Of(SettingsYaml.Write(present), SettingsYaml.Write(settings));
        if (dryRun)
            return new SettingsImport([], difference);
        var change = await new SettingsEditor(store, time).ChangeAsync(s => SettingsFile.Over(document, s).Settings, author, now, ct);
        return new SettingsImport(change.Problems, change.Problems.Count == 0 ? difference : []);
    }
}
