using System.Text.Json.Nodes;

namespace Subot.Tests.Api.Compatible;

/// <summary>Who people are, by all that was recorded of them.</summary>
internal static class RecordedPeople
{
    private static readonly Dictionary<string, JsonNode> s_known = Find();

    public static JsonNode? Of(string user) => s_known.GetValueOrDefault(user);

    /// <summary>Who replied in a thread that was read from history had no name; now everybody has who is known.</summary>
    public static void Fill(JsonObject message)
    {
        foreach (var said in (message["replies"] as JsonArray ?? []).Append(message).OfType<JsonObject>())
        {
            if (said["user_info"]!["id"]!.GetValue<string>().Length == 0 && Of(said["user"]!.GetValue<string>()) is { } known)
                (said["user_info"], said["user_name"]) = (known.DeepClone(), known["name"]!.DeepClone());
        }
    }

    private static Dictionary<string, JsonNode> Find()
    {
        var analytics = Recording.Of("GET_v1_analytics__no-dates").Answer!["analytics"]!;
        var messages = analytics["messages"]!.AsArray();
        return messages.Concat(messages.SelectMany(m => m!["replies"] as JsonArray ?? [])).Select(m => m!["user_info"]!).Concat(analytics["firemen"]!.AsArray().Select(f => f!))
            .Where(u => u["id"]!.GetValue<string>().Length > 0).DistinctBy(u => u["id"]!.GetValue<string>()).ToDictionary(u => u["id"]!.GetValue<string>());
    }
}
