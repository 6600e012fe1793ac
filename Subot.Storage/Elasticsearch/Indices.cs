using System.Text.Json;
using System.Text.Json.Nodes;
using Subot.Domain.Numbers;
using Subot.Storage.Elasticsearch.Client;

namespace Subot.Storage.Elasticsearch;

/// <summary>
/// The indices, and what they are searched by. Each is reached by an alias, so that a later version may put another index behind it. All of
/// them are durable before they answer.
/// </summary>
internal sealed class Indices(string prefix)
{
    /// <summary>The version of the mappings that this program writes.</summary>
    private const int Version = 2;

    private const string ThreadsEnding = "-threads";

    public string Threads => prefix + ThreadsEnding;

    public string Messages => $"{prefix}-messages";

    /// <summary>All that is neither: actions of channels, settings, the inbox, channels, leases, people.</summary>
    public string Records => $"{prefix}-records";

    public string All => $"{prefix}-*";

    /// <summary>The prefixes of the stores of a server, as far as whoever signs in may see them.</summary>
    public static async Task<IReadOnlyList<string>> PrefixesAsync(ElasticsearchClient client, CancellationToken ct)
    {
        var (status, indices) = await client.TrySendAsync(HttpMethod.Get, $"_alias/*{ThreadsEnding}", null, ct, 403, 404);
        return status != 200 ? [] :
        [
            .. from index in indices.EnumerateObject()
               from alias in index.Value.GetProperty("aliases").EnumerateObject()
               where index.Name.StartsWith($"{alias.Name}-v", StringComparison.Ordinal)
               orderby alias.Name
               select alias.Name[..^ThreadsEnding.Length],
        ];
    }

    /// <summary>Whether all of them are there.</summary>
    public async Task<bool> ExistAsync(ElasticsearchClient client, CancellationToken ct) =>
        (await client.TrySendAsync(HttpMethod.Get, $"{Threads},{Messages},{Records}/_alias", null, ct, 404)).Status == 200;

    /// <summary>Creates what is missing, and adds to the mappings of an older program.</summary>
    /// <exception cref="StoreException">A newer program wrote the indices.</exception>
    public Task PrepareAsync(ElasticsearchClient client, CancellationToken ct) =>
        Task.WhenAll(Properties().Select(p => PrepareAsync(client, p.Alias, p.Properties, ct)));

    private async Task PrepareAsync(ElasticsearchClient client, string alias, JsonObject properties, CancellationToken ct)
    {
        var (status, found) = await client.TrySendAsync(HttpMethod.Get, $"{alias}/_mapping", null, ct, [404]);
        if (status == 404)
        {
            await PutTemplateAsync(client, alias, properties, ct);
            // Another process may create it at this moment: then it is there.
            var (_, created) = await client.TrySendAsync(HttpMethod.Put, $"{alias}-v{Version}", new JsonObject { ["aliases"] = new JsonObject { [alias] = new JsonObject { ["is_write_index"] = true } } }, ct, [400]);
            if (created.TryGetProperty("error", out var error) && error.GetProperty("type").GetString() != "resource_already_exists_exception")
                throw new StoreException($"Elasticsearch does not create the index {alias}: {error.GetProperty("reason").GetString()}", mayPass: false);
            return;
        }

        var written = VersionOf(found);
        if (written > Version)
            throw new StoreException($"The indices {prefix}-* are of version {written}, written by a newer Subot; this one knows version {Version}. Update Subot, or set SUBOT_INDEX_PREFIX to another prefix.", mayPass: false);
        if (written == Version)
            return;
        await PutTemplateAsync(client, alias, properties, ct);
        await client.SendAsync(HttpMethod.Put, $"{alias}/_mapping", Mapping(properties), ct);
    }

    /// <summary>New indices get these settings and mappings, also those that a person makes to move the data.</summary>
    private static Task<JsonElement> PutTemplateAsync(ElasticsearchClient client, string alias, JsonObject properties, CancellationToken ct) =>
        client.SendAsync(HttpMethod.Put, $"_index_template/{alias}", new JsonObject
        {
            ["index_patterns"] = new JsonArray($"{alias}-v*"),
            ["version"] = Version,
            ["template"] = new JsonObject
            {
                ["settings"] = new JsonObject
                {
                    ["index"] = new JsonObject
                    {
                        ["number_of_shards"] = 1,
                        ["auto_expand_replicas"] = "0-1",
                        ["refresh_interval"] = "1s",
                        ["translog"] = new JsonObject { ["durability"] = "request" },
                    },
                },
                ["mappings"] = Mapping(properties),
            },
        }, ct);

    private static JsonObject Mapping(JsonObject properties) => new()
    {
        ["_meta"] = new JsonObject { ["subot"] = Version },
        ["dynamic"] = false,
        ["properties"] = properties.DeepClone(),
    };

    private static int VersionOf(JsonElement mappings)
    {
        foreach (var index in mappings.EnumerateObject())
        {
            if (index.Value.GetProperty("mappings").TryGetProperty("_meta", out var meta) && meta.TryGetProperty("subot", out var version))
                return version.GetInt32();
        }

        return 0;
    }

    private IEnumerable<(string Alias, JsonObject Properties)> Properties() =>
    [
        (Threads, new JsonObject
        {
            ["channel"] = Type("keyword"),
            ["root"] = Type("long"),
            ["version"] = Type("long"),
            ["newest"] = Type("long"),
            ["silence"] = Type("long"),
            ["has_actions"] = Type("boolean"),
            ["action_times"] = ActionTimes(),
            ["numbers"] = Fields(NumbersProperties()),
        }),
        (Messages, new JsonObject { ["channel"] = Type("keyword"), ["ts"] = Type("long"), ["root"] = Type("long"), ["text"] = Type("text") }),
        (Records, new JsonObject
        {
            ["action_id"] = Type("keyword"),
            ["channel"] = Type("keyword"),
            ["action_times"] = ActionTimes(),
            ["entry"] = Type("long"),
            ["is_creation"] = Type("boolean"),
            ["person"] = Type("keyword"),
        }),
    ];

    private static JsonObject ActionTimes() =>
        Fields(new JsonObject { ["waiting"] = Type("long"), ["untried"] = Type("long"), ["doubled"] = Type("boolean") });

    private static JsonObject NumbersProperties()
    {
        var durations = new JsonObject();
        for (var set = (DurationSet)0; (int)set < DurationSets.Count; set++)
        {
            durations[NumbersFields.NameOf(set)] = Fields(new JsonObject
            {
                ["wall"] = Type("integer"),
                ["working"] = Type("integer"),
                ["wall_seconds"] = Type("long"),
                ["working_seconds"] = Type("long"),
            });
        }

        return new JsonObject
        {
            ["kind"] = Type("byte"),
            ["status"] = Type("byte"),
            ["traits"] = Type("integer"),
            ["replies"] = Type("long"),
            ["open"] = Type("boolean"),
            ["hour"] = Type("short"),
            ["reopenings"] = Type("integer"),
            ["requester"] = Type("keyword"),
            ["responder"] = Type("keyword"),
            ["tools"] = Type("keyword"),
            ["labels"] = Type("keyword"),
            ["answers"] = Type("keyword"),
            ["open_times"] = Type("long_range"),
            ["durations"] = Fields(durations),
        };
    }

    private static JsonObject Type(string type) => new() { ["type"] = type };

    private static JsonObject Fields(JsonObject properties) => new() { ["properties"] = properties };
}
