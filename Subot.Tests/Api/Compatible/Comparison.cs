using System.Text.Json.Nodes;

namespace Subot.Tests.Api.Compatible;

/// <summary>
/// Compares an answer with a recorded one: keys, types and values. Ids are of another making, lists were in no order, and an empty list
/// within a message was null or not.
/// </summary>
internal static class Comparison
{
    private static readonly string[] s_lists = ["tools", "labels", "ai_tools", "ai_labels", "reactions", "replies"];

    // Its own sentences; all other errors were Go's words, or Elasticsearch's.
    private static readonly string[] s_sentences =
        ["cannot create empty", "no answer provided", "specified tool does not exist", "specified label does not exist", "already in use", "user needs to be admin"];

    /// <summary>What is different, in a line each.</summary>
    public static IReadOnlyList<string> Of(Recording recording, ApiAnswer answer)
    {
        var suffix = recording.Name.Contains("__", StringComparison.Ordinal) ? recording.Name[(recording.Name.IndexOf("__", StringComparison.Ordinal) + 2)..] : "";
        if (Deviations.Statuses.TryGetValue(recording.Name, out var other) || Deviations.Statuses.TryGetValue(suffix, out other))
            return OfDeviation(other.Statuses, answer, recording.Path.StartsWith("/v1/", StringComparison.Ordinal));
        if (answer.Status != recording.Status)
            return [$"status {answer.Status} instead of {recording.Status}: {answer.Text}"];
        var differences = new List<string>();
        // What has no content has no type of content.
        if (recording.AnswerType != answer.ContentType && recording.Status != 204)
            differences.Add($"content type {answer.ContentType} instead of {recording.AnswerType}");
        if (recording.Location != answer.Location)
            differences.Add($"location {answer.Location} instead of {recording.Location}");
        var (expected, actual) = (recording.Answer?.DeepClone(), answer.Json);
        if (expected is JsonObject { Count: 1 } told && told["error"] is { } error)
            CompareErrors(error.GetValue<string>(), actual, differences);
        else if (recording.Name.StartsWith("GET_v1_analytics", StringComparison.Ordinal) && expected is JsonObject)
            Compare(Analytics(recording.Name, expected), Ordered(actual!), "", differences);
        else if (expected is JsonArray list)
            Compare(Listed(recording.Name, list), Listed("", actual!.AsArray()), "", differences);
        else
            Compare(expected, actual, "", differences);
        return differences;
    }

    private static IReadOnlyList<string> OfDeviation(int[] statuses, ApiAnswer answer, bool ofItsFrontend)
    {
        if (!statuses.Contains(answer.Status))
            return [$"status {answer.Status} is none of the better ones: {answer.Text}"];
        var isError = answer.Json is JsonObject { Count: 1 } told && told["error"] is JsonValue;
        return !ofItsFrontend || answer.Status >= 400 == isError ? [] : [$"no error that its frontend can show: {answer.Text}"];
    }

    private static void CompareErrors(string expected, JsonNode? actual, List<string> differences)
    {
        if (actual is not JsonObject { Count: 1 } told || told["error"] is not JsonValue text)
            differences.Add($"no error: {actual?.ToJsonString()}");
        else if (s_sentences.Any(s => expected.Contains(s, StringComparison.Ordinal)) && text.GetValue<string>() != expected)
            differences.Add($"error '{text}' instead of '{expected}'");
    }

    private static void Compare(JsonNode? expected, JsonNode? actual, string path, List<string> differences)
    {
        switch (expected, actual)
        {
            case (JsonObject left, JsonObject right):
                foreach (var key in left.Select(p => p.Key).Union(right.Select(p => p.Key)))
                {
                    if (!left.ContainsKey(key) || !right.ContainsKey(key))
                        differences.Add($"{path}.{key} is {(left.ContainsKey(key) ? "missing" : "too much")}");
                    else
                        Compare(left[key], right[key], $"{path}.{key}", differences);
                }

                break;
            case (JsonArray left, JsonArray right):
                if (left.Count != right.Count)
                    differences.Add($"{path} has {right.Count} items instead of {left.Count}: {right.ToJsonString()}");
                for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
                    Compare(left[i], right[i], $"{path}[{(left[i] as JsonObject)?["ts"] ?? i}]", differences);
                break;
            default:
                if (!JsonNode.DeepEquals(expected, actual))
                    differences.Add($"{path} is {actual?.ToJsonString() ?? "null"} instead of {expected?.ToJsonString() ?? "null"}");
                break;
        }
    }

    private static JsonArray Listed(string name, JsonArray list)
    {
        List<JsonObject> items = [.. list.Select(i => i!.DeepClone().AsObject())];
        Deviations.Lists(name, items);
        foreach (var item in items)
            item["id"] = "";
        return [.. items.OrderBy(i => i.ToJsonString(), StringComparer.Ordinal)];
    }

    private static JsonNode Analytics(string name, JsonNode recorded)
    {
        var analytics = recorded["analytics"]!;
        if (analytics["messages"] is JsonArray told)
        {
            List<JsonObject> messages = [.. told.Select(m => m!.DeepClone().AsObject())];
            Deviations.Messages(name, messages);
            messages.ForEach(RecordedPeople.Fill);
            messages = messages.ConvertAll(m => JsonNode.Parse(m.ToJsonString())!.AsObject());
            analytics["messages"] = new JsonArray([.. messages]);
            // The mean counted those that nobody answered as answered at once.
            List<long> answered = [.. messages.Where(IsAnswered).Select(m => m["response_time"]!.GetValue<long>())];
            analytics["response_time"] = answered.Count == 0 ? 0 : answered.Sum() / answered.Count;
            analytics["resolution_rate"] = 100 * messages.Count(m => m["status"]!.GetValue<string>() == "fixed") / messages.Count;
        }

        if (Deviations.Fireman(name) is { } fireman)
            analytics["firemen"] = new JsonArray(RecordedPeople.Of(fireman)!.DeepClone());
        return Ordered(recorded);
    }

    private static bool IsAnswered(JsonObject message) =>
        (message["replies"] as JsonArray ?? []).Any(r => r!["user"]!.GetValue<string>().StartsWith("U0TEAM", StringComparison.Ordinal));

    /// <summary>Both sides in one order, without ids.</summary>
    private static JsonNode Ordered(JsonNode analytics)
    {
        if (analytics["analytics"]!["messages"] is not JsonArray told)
            return analytics;
        List<JsonObject> messages = [.. told.Select(m => m!.DeepClone().AsObject())];
        foreach (var message in messages)
        {
            message["id"] = "";
            foreach (var key in s_lists)
                message[key] = new JsonArray([.. (message[key] as JsonArray ?? []).Select(i => i!.DeepClone()).OrderBy(OrderOf, StringComparer.Ordinal)]);
        }

        analytics["analytics"]!["messages"] = new JsonArray([.. messages.OrderBy(OrderOf, StringComparer.Ordinal)]);
        return analytics;
    }

    private static string OrderOf(JsonNode item) =>
        item is JsonObject thing && thing["ts"] is { } ts ? $"{thing["name"]} {ts}" : item.ToJsonString();
}
