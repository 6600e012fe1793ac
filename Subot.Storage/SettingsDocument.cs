using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Subot.Domain.Settings;

namespace Subot.Storage;

/// <summary>Settings as they are written into a store: plain values that an older or newer program can read.</summary>
public sealed class SettingsDocument
{
    /// <summary>IANA zone.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Weekly hours in their written form.</summary>
    public string WorkingHours { get; set; } = "";

    /// <summary>Dates (yyyy-MM-dd) with hours of their own, each slot as HH:mm-HH:mm; none is a day off.</summary>
    public SortedDictionary<string, List<string>> Exceptions { get; set; } = [];

    /// <summary>Seconds.</summary>
    public long ResponseTarget { get; set; }

    /// <summary>Seconds; null: never.</summary>
    public long? ExpireAfter { get; set; }

    /// <summary>Emoji names.</summary>
    public List<string> SolvedEmoji { get; set; } = [];

    /// <summary>Emoji names.</summary>
    public List<string> AcknowledgingEmoji { get; set; } = [];

    /// <summary>Emoji names.</summary>
    public List<string> NotARequestEmoji { get; set; } = [];

    /// <summary>User ids.</summary>
    public List<string> Team { get; set; } = [];

    /// <summary>The document of settings.</summary>
    public static string Write(TeamSettings settings) => JsonSerializer.Serialize(
        new SettingsDocument
        {
            TimeZone = settings.TimeZone,
            WorkingHours = settings.WorkingHours.ToString(),
            Exceptions = new(settings.WorkingHours.Exceptions.ToDictionary(
                e => e.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), e => e.Value.Select(s => s.ToString()).ToList())),
            ResponseTarget = settings.ResponseTargetSeconds,
            ExpireAfter = settings.ExpireAfterSeconds,
            SolvedEmoji = [.. settings.SolvedEmoji.Order(StringComparer.Ordinal)],
            AcknowledgingEmoji = [.. settings.AcknowledgingEmoji.Order(StringComparer.Ordinal)],
            NotARequestEmoji = [.. settings.NotARequestEmoji.Order(StringComparer.Ordinal)],
            Team = [.. settings.Team.Order(StringComparer.Ordinal)],
        },
        SettingsJson.Default.SettingsDocument);

    /// <summary>The settings of a document.</summary>
    /// <exception cref="StoreException">It is not one.</exception>
    public static TeamSettings Read(string json)
    {
        try
        {
            return Parse(json);
        }
        catch (Exception e) when (e is JsonException or FormatException or TimeZoneNotFoundException)
        {
            throw new StoreException($"The stored settings are damaged ({e.Message}). Restore the data folder from a backup.", mayPass: false, e);
        }
    }

    private static TeamSettings Parse(string json)
    {
        var document = JsonSerializer.Deserialize(json, SettingsJson.Default.SettingsDocument) ?? throw new JsonException("nothing is there");
        var hours = Domain.Settings.WorkingHours.Parse(document.WorkingHours) with
        {
            Exceptions = document.Exceptions.ToDictionary(
                e => DateOnly.ParseExact(e.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                e => (IReadOnlyList<Slot>)[.. e.Value.Select(s => Domain.Settings.WorkingHours.Parse($"Mon {s}").Weekdays[1][0])]),
        };
        return new TeamSettings
        {
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(document.TimeZone).Id,
            WorkingHours = hours,
            ResponseTargetSeconds = document.ResponseTarget,
            ExpireAfterSeconds = document.ExpireAfter,
            SolvedEmoji = TeamSettings.Set(document.SolvedEmoji),
            AcknowledgingEmoji = TeamSettings.Set(document.AcknowledgingEmoji),
            NotARequestEmoji = TeamSettings.Set(document.NotARequestEmoji),
            Team = TeamSettings.Set(document.Team),
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SettingsDocument))]
internal sealed partial class SettingsJson : JsonSerializerContext;
