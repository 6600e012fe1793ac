using System.Text.Json;
using System.Text.Json.Serialization;
using Subot.Domain.Settings;
using Subot.Domain.Values;

namespace Subot.Storage.Settings;

/// <summary>Settings as the text that a store keeps.</summary>
internal static class SettingsJson
{
    /// <summary>The text of settings.</summary>
    public static string Write(TeamSettings settings) =>
        JsonSerializer.Serialize(SettingsWriter.Write(settings), SettingsJsonContext.Default.SettingsDocument);

    /// <summary>The settings of a text.</summary>
    /// <exception cref="StoreException">It is damaged.</exception>
    public static TeamSettings Read(string json)
    {
        try
        {
            var reader = new SettingsReader();
            // A store writes every value: the usual ones must not take the place of what was lost.
            if (JsonSerializer.Deserialize(json, SettingsJsonContext.Default.SettingsDocument) is not { TimeZone: not null, WorkingHours: not null } document)
                throw Damaged("nothing is there", null);
            var settings = reader.Read(document);
            return reader.Problems.Count == 0 ? settings : throw Damaged(reader.Problems[0], null);
        }
        catch (JsonException e)
        {
            throw Damaged(e.Message, e);
        }
    }

    /// <summary>The text of what the environment said; null if it did not.</summary>
    public static string? WriteEnvironment(ValueDictionary<string>? environment) =>
        environment is null ? null : JsonSerializer.Serialize(environment.ToDictionary(), SettingsJsonContext.Default.DictionaryStringString);

    /// <summary>What the environment said.</summary>
    public static ValueDictionary<string> ReadEnvironment(string json) =>
        new(JsonSerializer.Deserialize(json, SettingsJsonContext.Default.DictionaryStringString) ?? []);

    private static StoreException Damaged(string reason, Exception? inner) =>
        new($"The stored settings are damaged ({reason}). Restore the data folder from a backup.", mayPass: false, inner);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SettingsDocument))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
