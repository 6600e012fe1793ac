using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>users.*.</summary>
internal static class UserMethods
{
    public static JsonObject Info(ApiCall call) => Found(call, call.Workspace.FindPerson(call["user"]), "user_not_found");

    public static JsonObject List(ApiCall call)
    {
        var answer = Paging.Page(call, "members", call.Workspace.People, person => Shown(call, person));
        if (answer["ok"]!.GetValue<bool>())
            answer["cache_ts"] = call.Workspace.Time.GetUtcNow().ToUnixTimeSeconds();
        return answer;
    }

    public static JsonObject ByEmail(ApiCall call)
    {
        var person = call.Workspace.People.FirstOrDefault(known =>
            string.Equals(known.EmailAddress, call["email"], StringComparison.OrdinalIgnoreCase) && !known.IsBot);
        return Found(call, person, "users_not_found");
    }

    public static JsonObject Profile(ApiCall call)
    {
        var person = call.Workspace.FindPerson(call["user"] ?? call.App.BotUserId);
        return person is null
            ? Answer.Error("user_not_found")
            : Answer.Ok(new JsonObject { ["profile"] = person.ShowProfile(call.App.TeamId, SeesEmail(call)) });
    }

    private static JsonObject Found(ApiCall call, Person? person, string otherwise) =>
        person is null ? Answer.Error(otherwise) : Answer.Ok(new JsonObject { ["user"] = Shown(call, person) });

    private static JsonObject Shown(ApiCall call, Person person) =>
        person.Show(call.App.TeamId, SeesEmail(call), call.Workspace.Time.GetUtcNow());

    private static bool SeesEmail(ApiCall call) => call.Context.Tokens.Scopes.Contains("users:read.email");
}
