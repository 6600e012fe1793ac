using System.Text.Json.Nodes;

namespace Subot.Tests.Api.Compatible;

/// <summary>A request to the first Subot's API, and what it answered.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Cookie">Whose session it was sent with; null: nobody's.</param>
/// <param name="Body">As it was sent; null: without one.</param>
/// <param name="Answer">The body of the answer, if it was JSON; else as a text.</param>
internal sealed record Recording(
    string Name,
    HttpMethod Method,
    string Path,
    string? Cookie,
    string? ContentType,
    string? Body,
    int Status,
    string? AnswerType,
    string? Location,
    JsonNode? Answer)
{
    // Who signs in, what other pages may ask, and what its own replier asked are told elsewhere, or were nobody's but its own.
    private static readonly string[] s_elsewhere =
    [
        "GET_auth_", "GET_dex_", "OPTIONS_", "replier_", "GET_v1_analytics_report", "GET_v1_analytics_reminders", "POST_v1_analytics_", "GET_v1_analytics__foreign-origin",
    ];

    /// <summary>The recordings of the routes that are compatible, by name.</summary>
    public static IReadOnlyList<Recording> All { get; } =
        [.. Directory.GetFiles(TestData.Require("legacy", "api"), "*.json").Order(StringComparer.Ordinal)
            .Where(f => !s_elsewhere.Any(e => System.IO.Path.GetFileName(f).StartsWith(e, StringComparison.Ordinal))).Select(Read)];

    public static Recording Of(string name) => All.Single(r => r.Name == name);

    public override string ToString() => Name;

    private static Recording Read(string file)
    {
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        var (request, response) = (json["request"]!.AsObject(), json["response"]!.AsObject());
        // A text was sent as it is; anything else, null too, is JSON.
        var body = !request.TryGetPropertyValue("body", out var sent) ? null
            : sent is JsonValue value && value.TryGetValue<string>(out var text) ? text : sent?.ToJsonString() ?? "null";
        return new Recording(
            System.IO.Path.GetFileNameWithoutExtension(file),
            HttpMethod.Parse(request["method"]!.GetValue<string>()),
            request["path"]!.GetValue<string>(),
            request["headers"]!["cookie"]?.GetValue<string>(),
            request["headers"]!["content-type"]?.GetValue<string>(),
            body,
            response["status"]!.GetValue<int>(),
            response["headers"]?["content-type"]?.GetValue<string>().Split(';')[0],
            response["headers"]?["location"]?.GetValue<string>(),
            response["body"]?.DeepClone());
    }
}
