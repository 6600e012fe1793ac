using System.Text.Json;
using Subot.Storage.Elasticsearch.Legacy;

namespace Subot.Tests.Api.Compatible;

/// <summary>The recorded indices, read as an import reads them from a server.</summary>
internal static class LegacyFiles
{
    public static LegacyData Read()
    {
        var profiles = new LegacyProfiles();
        return new LegacyData
        {
            Messages = Read("messages", (id, from) => LegacyReader.Message(id, profiles.Note(from))),
            Firemen = Read("firemen", (id, from) => LegacyReader.Fireman(id, profiles.Note(from))),
            Team = Read("team", LegacyReader.Member),
            Tools = Read("tools", LegacyReader.Tag),
            Labels = Read("labels", LegacyReader.Tag),
            Answers = Read("answers", LegacyReader.Answer),
            People = profiles.People,
        };
    }

    private static IReadOnlyList<T> Read<T>(string index, Func<string, JsonElement, T> read) =>
        [.. File.ReadLines(TestData.Require("legacy", "indices", $"{index}.ndjson")).Where(l => l.Length > 0)
            .Select(l => JsonDocument.Parse(l).RootElement).Select(d => read(d.GetProperty("_id").GetString()!, d.GetProperty("_source")))];
}
