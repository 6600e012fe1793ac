using System.Globalization;
using Subot.Domain;
using Subot.Domain.Settings;

namespace Subot.Bot.Commands.SettingsFiles;

/// <summary>Who changed what in the settings, and when.</summary>
internal static class SettingsLog
{
    /// <summary>The last versions, the newest first: a line about each, and under it the lines of the file that changed.</summary>
    public static IEnumerable<string> Lines(SettingsHistory history, int limit)
    {
        for (var i = history.Written.Count - 1; i >= 0 && limit > 0; i--, limit--)
        {
            var version = history.Written[i];
            yield return Title(version);
            var before = i == 0 ? new TeamSettings() : new SettingsHistory(history.Written.Take(i)).At(version.ValidFrom).Settings;
            foreach (var line in LineDifference.Of(SettingsYaml.Write(before), SettingsYaml.Write(version.Settings)))
                yield return "  " + line;
        }
    }

    private static string Title(SettingsVersion version)
    {
        var written = TimeZoneInfo.ConvertTime(version.WrittenAt, version.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var valid = version.ValidFrom == Ts.Zero ? "always"
            : TimeZoneInfo.ConvertTime(version.ValidFrom.ToDateTimeOffset(), version.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"version {version.Number}, {written} {version.Zone.Id}, by {version.Author}, valid from {valid}";
    }
}
