using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>The bodies of Web API answers.</summary>
internal static class Answer
{
    /// <summary>Success, with these fields.</summary>
    public static JsonObject Ok(JsonObject? fields = null)
    {
        var answer = fields ?? [];
        answer.Insert(0, "ok", true);
        return answer;
    }

    /// <summary>An error code, as HTTP 200.</summary>
    public static JsonObject Error(string code) => new() { ["ok"] = false, ["error"] = code };

    /// <summary>A rejected argument: the reason is in the messages only.</summary>
    public static JsonObject Error(string code, params IEnumerable<string> messages) => new()
    {
        ["ok"] = false,
        ["error"] = code,
        ["errors"] = Json.Array(messages),
        ["response_metadata"] = new JsonObject { ["messages"] = Json.Array(messages.Select(message => "[ERROR] " + message)) },
    };

    public static JsonObject MissingScope(string needed, string provided) =>
        new() { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = needed, ["provided"] = provided };

    public static JsonObject Warned(this JsonObject answer, string warning)
    {
        answer["warning"] = warning;
        answer["response_metadata"] = new JsonObject { ["warnings"] = new JsonArray((JsonNode)warning) };
        return answer;
    }
}
