using System.Text.Json;
using System.Text.Json.Nodes;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch.Legacy;

/// <summary>Reads the first Subot's indices. Nothing is written there.</summary>
public static class LegacyIndices
{
    private const string Messages = "messages";

    private static readonly Version s_oldest = new(6, 0);
    private static readonly string[] s_unused = ["ignores", "overrides"];

    /// <summary>Reads everything.</summary>
    /// <param name="progress">Told how many documents have been read.</param>
    /// <param name="perPage">How many documents one request asks for.</param>
    /// <exception cref="StoreException">It cannot be read, or is not the first Subot's.</exception>
    public static async Task<LegacyData> ReadAsync(
        ElasticsearchOptions options, TimeProvider time, Action<int> progress, CancellationToken ct, int perPage = 500)
    {
        using var client = new ElasticsearchClient(options, time);
        await client.ConnectAsync(ct, s_oldest);
        if (!await ExistsAsync(client, Messages, ct))
            throw new StoreException($"There is no index '{Messages}' at {string.Join(", ", options.Nodes.Select(ElasticsearchOptions.Name))}: the first Subot did not store there.", mayPass: false);
        var (count, profiles) = (0, new LegacyProfiles());
        return new LegacyData
        {
            Messages = await ReadAsync(client, Messages, (id, from) => LegacyReader.Message(id, profiles.Note(from)), perPage, Tell, ct),
            Firemen = await ReadAsync(client, "firemen", (id, from) => LegacyReader.Fireman(id, profiles.Note(from)), perPage, Tell, ct),
            Team = await ReadAsync(client, "team", LegacyReader.Member, perPage, Tell, ct),
            Tools = await ReadAsync(client, "tools", LegacyReader.Tag, perPage, Tell, ct),
            Labels = await ReadAsync(client, "labels", LegacyReader.Tag, perPage, Tell, ct),
            Answers = await ReadAsync(client, "answers", LegacyReader.Answer, perPage, Tell, ct),
            People = profiles.People,
            Unused = await CountAsync(client, ct),
        };

        void Tell(int more) => progress(count += more);
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(
        ElasticsearchClient client,
        string index,
        Func<string, JsonElement, T> read,
        int perPage,
        Action<int> progress,
        CancellationToken ct)
    {
        var documents = new List<T>();
        if (!await ExistsAsync(client, index, ct))
            return documents;
        for (string? last = null; ;)
        {
            var page = await client.SearchAsync(index, Page(perPage, last), DocumentsJson.Default.JsonElement, ct);
            if (page.Hits.Count == 0)
                return documents;
            documents.AddRange(page.Hits.Select(h => read(h.Id, h.Source)));
            progress(page.Hits.Count);
            last = page.Hits[^1].Id;
        }
    }

    // By the ids of the documents: they need no mapping, and those of the first Subot's indices are not known.
    private static JsonObject Page(int size, string? after)
    {
        var page = new JsonObject
        {
            ["size"] = size,
            ["sort"] = new JsonArray(new JsonObject { ["_id"] = "asc" }),
        };
        if (after is not null)
            page["search_after"] = new JsonArray(after);
        return page;
    }

    private static async Task<IReadOnlyDictionary<string, long>> CountAsync(ElasticsearchClient client, CancellationToken ct)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var index in s_unused)
        {
            if (await ExistsAsync(client, index, ct))
                counts[index] = (await client.SearchAsync(index, new JsonObject { ["size"] = 0 }, DocumentsJson.Default.JsonElement, ct)).Total;
        }

        return counts;
    }

    private static async Task<bool> ExistsAsync(ElasticsearchClient client, string index, CancellationToken ct) =>
        (await client.TrySendAsync(HttpMethod.Get, index, null, ct, 404)).Status != 404;
}
