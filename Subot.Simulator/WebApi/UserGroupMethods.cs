using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>usergroups.*: a paid feature.</summary>
internal static class UserGroupMethods
{
    public static JsonObject List(ApiCall call)
    {
        if (!call.Context.Options.HasUserGroups)
            return Answer.Error("plan_upgrade_required");
        var groups = call.Workspace.UserGroups.Values.Select(group => (JsonNode)Shown(call, group, call.Flag("include_users")));
        return Answer.Ok(new JsonObject { ["usergroups"] = new JsonArray([.. groups]) });
    }

    public static JsonObject Users(ApiCall call) =>
        Find(call, out var group) ?? Answer.Ok(new JsonObject { ["users"] = Json.Array(group.Users) });

    public static JsonObject Update(ApiCall call)
    {
        if (Find(call, out var group) is { } refusal)
            return refusal;
        var users = (call["users"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (users.Length == 0)
            return Answer.Error("no_users_provided");
        if (users.Any(user => call.Workspace.FindPerson(user) is null))
            return Answer.Error("invalid_users");
        call.Workspace.SetGroup(group.Id, users);
        return Answer.Ok(new JsonObject { ["usergroup"] = Shown(call, group, withUsers: true) });
    }

    private static JsonObject? Find(ApiCall call, out UserGroup group)
    {
        group = null!;
        if (!call.Context.Options.HasUserGroups)
            return Answer.Error("plan_upgrade_required");
        return call.Workspace.UserGroups.TryGetValue(call["usergroup"]!, out group!) ? null : Answer.Error("no_such_subteam");
    }

    private static JsonObject Shown(ApiCall call, UserGroup group, bool withUsers) => group.Show(call.App.TeamId, withUsers);
}
