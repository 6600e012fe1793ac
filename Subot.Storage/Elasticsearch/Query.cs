using System.Text.Json.Nodes;

namespace Subot.Storage.Elasticsearch;

/// <summary>The queries that are asked. All of them only filter: nothing is scored.</summary>
internal static class Query
{
    /// <summary>What matches all clauses; of none, everything.</summary>
    public static JsonObject Of(params IEnumerable<JsonObject> clauses) =>
        new() { ["bool"] = new JsonObject { ["filter"] = new JsonArray([.. clauses]) } };

    public static JsonObject Term(string field, JsonNode value) => new() { ["term"] = new JsonObject { [field] = value } };

    public static JsonObject Terms(string field, IEnumerable<JsonNode> values) =>
        new() { ["terms"] = new JsonObject { [field] = new JsonArray([.. values]) } };

    /// <summary>From a value on, up to another, which is excluded.</summary>
    public static JsonObject Range(string field, long from, long to) => RangeOf(field, new JsonObject { ["gte"] = from, ["lt"] = to });

    public static JsonObject AtLeast(string field, long value) => RangeOf(field, new JsonObject { ["gte"] = value });

    public static JsonObject AtMost(string field, long value) => RangeOf(field, new JsonObject { ["lte"] = value });

    public static JsonObject Prefix(string field, string beginning) => new() { ["prefix"] = new JsonObject { [field] = beginning } };

    public static JsonObject Exists(string field) => new() { ["exists"] = new JsonObject { ["field"] = field } };

    public static JsonObject Missing(string field) => new() { ["bool"] = new JsonObject { ["must_not"] = new JsonArray(Exists(field)) } };

    private static JsonObject RangeOf(string field, JsonObject bounds) => new() { ["range"] = new JsonObject { [field] = bounds } };
}
