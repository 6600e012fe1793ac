using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

/// <summary>A group of people that can be mentioned by its handle.</summary>
public sealed class UserGroup
{
    public required string Id { get; init; }
    public required string Handle { get; init; }
    public required string Name { get; init; }
    public List<string> Users { get; set; } = [];
    public long UpdatedAt { get; set; }

    public JsonObject Show(string teamId, bool withUsers)
    {
        var json = new JsonObject
        {
            ["id"] = Id,
            ["team_id"] = teamId,
            ["is_usergroup"] = true,
            ["name"] = Name,
            ["handle"] = Handle,
            ["description"] = "",
            ["date_update"] = UpdatedAt,
            ["date_delete"] = 0,
            ["user_count"] = Users.Count,
            ["prefs"] = new JsonObject { ["channels"] = new JsonArray(), ["groups"] = new JsonArray() },
        };
        if (withUsers)
            json["users"] = Json.Array(Users);
        return json;
    }
}
