using System.Text.Json.Nodes;
using Subot.Domain.Numbers;

namespace Subot.Benchmarks.Store;

/// <summary>
/// The aggregations of a period as one would send them by hand: one search with all of them, its answer read and not looked at.
/// </summary>
internal static class BareAggregation
{
    private static readonly string[] s_durations =
    [
        "first_response", "acknowledged", "acknowledged_by_response", "next_response", "first_solved", "last_solved", "solved_once", "waiting_on_team", "waiting_on_requester",
    ];

    public static string Of(NumbersQuery query)
    {
        var filter = new JsonArray(
            new JsonObject { ["terms"] = new JsonObject { ["channel"] = new JsonArray([.. query.Channels.Select(c => (JsonNode)c.Value)]) } },
            new JsonObject { ["range"] = new JsonObject { ["root"] = new JsonObject { ["gte"] = query.From.Micros, ["lt"] = query.To.Micros } } });
        Add("numbers.status", query.Filter.Statuses.Select(s => (JsonNode)(int)s));
        Add("numbers.requester", query.Filter.Requesters.Select(u => (JsonNode)u.Value));
        Add("numbers.responder", query.Filter.Responders.Select(u => (JsonNode)u.Value));
        var aggregations = new JsonObject { ["hours"] = Terms("numbers.hour"), ["traits"] = Terms("numbers.traits") };
        foreach (var (duration, clock) in s_durations.SelectMany(d => new[] { (d, "wall"), (d, "working") }))
        {
            aggregations[$"{duration}_{clock}"] = Terms($"numbers.durations.{duration}.{clock}");
            aggregations[$"{duration}_{clock}_seconds"] = new JsonObject { ["sum"] = new JsonObject { ["field"] = $"numbers.durations.{duration}.{clock}_seconds" } };
        }

        return new JsonObject { ["size"] = 0, ["track_total_hits"] = false, ["query"] = new JsonObject { ["bool"] = new JsonObject { ["filter"] = filter } }, ["aggs"] = aggregations }.ToJsonString();

        void Add(string field, IEnumerable<JsonNode> values)
        {
            List<JsonNode> some = [.. values];
            if (some.Count > 0)
                filter.Add(new JsonObject { ["terms"] = new JsonObject { [field] = new JsonArray([.. some]) } });
        }
    }

    private static JsonObject Terms(string field) => new() { ["terms"] = new JsonObject { ["field"] = field, ["size"] = 16_384 } };
}
