using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Subot.Tests.Simulator;

/// <summary>User groups and what the app hears of them.</summary>
public sealed class UserGroupTests : SimulatorFixture
{
    private const string Tools = "S0TOOLS001";

    [Test]
    public async Task New_members_are_told_as_the_group_and_as_the_difference()
    {
        using var socket = await ConnectAsync();
        Simulator.Workspace.SetGroup(Tools, Ann, Bob);

        var updated = await socket.TakeEventAsync(Limit);
        var changed = await socket.TakeEventAsync(Limit);

        Assert.That(updated["type"]!.GetValue<string>(), Is.EqualTo("subteam_updated"));
        Assert.That(updated["subteam"]!["users"]!.AsArray().Select(user => user!.GetValue<string>()), Is.EqualTo(new[] { Ann, Bob }));
        Assert.That(changed["type"]!.GetValue<string>(), Is.EqualTo("subteam_members_changed"));
        Assert.That(changed["added_users"]!.ToJsonString(), Is.EqualTo($"""["{Ann}"]"""));
        Assert.That(changed["removed_users_count"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That((await CallAsync("usergroups.users.list", new JsonObject { ["usergroup"] = Tools }))["users"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_app_changes_a_group_to_people_that_exist()
    {
        var changed = await UpdateAsync($"{Ann},{Bob}");
        var wrong = await UpdateAsync("U0NOBODY01");
        var groups = await CallAsync("usergroups.list", new JsonObject { ["include_users"] = true });

        Assert.That(changed["usergroup"]!["user_count"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(wrong["error"]!.GetValue<string>(), Is.EqualTo("invalid_users"));
        Assert.That(groups["usergroups"]![0]!["users"]!.AsArray(), Has.Count.EqualTo(2));
    }

    private Task<JsonObject> UpdateAsync(string users) =>
        CallAsync("usergroups.users.update", new JsonObject { ["usergroup"] = Tools, ["users"] = users });
}
