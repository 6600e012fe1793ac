using System.Globalization;
using Subot.Domain;
using Subot.Domain.Settings;

namespace Subot.Hosting.SettingsFiles;

/// <summary>Who changed what in the settings, and when.</summary>
public static class SettingsLog
{
    /// <summary>The last versions, the newest first, each with the lines of the file that changed.</summary>
    public static IEnumerable<(SettingsVersion Version, IReadOnlyList<string> Changes)> Entries(SettingsHistory history, int limit)
    {
        for (var i = history.Written.Count - 1; i >= 0 && limit > 0; i--, limit--)
        {
            var version = history.Written[i];
            var before = i == 0 ? new TeamSettings() : new SettingsHistory(history.Written.Take(i)).At(version.ValidFrom).Settings;
            yield return (version, LineDifference.Of(SettingsYaml.Write(before), SettingsYaml.Write(version.Settings)));
        }
    }

    /// <summary>The same for people: a line about each, and under it the lines of the file that changed.</summary>
    public static IEnumerable<string> Lines(SettingsHistory history, int limit)
    {
        foreach (var (version, changes) in Entries(history, limit))
        {
            yield return Title(version);
            foreach (var line in changes)
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
