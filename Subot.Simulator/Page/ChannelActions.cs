using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.Page;

/// <summary>What a person does with a channel, its members and the user groups.</summary>
internal sealed class ChannelActions(Workspace workspace)
{
    public static readonly string[] Names = ["join", "leave", "add", "remove", "topic", "purpose", "archive", "unarchive", "make-private", "group"];

    /// <summary>The reason when it cannot be done, else null.</summary>
    public string? Run(string action, string user, JsonObject act)
    {
        if (action == "group")
            return SetGroup(act);
        if (workspace.FindChannel(act.Text("channel")) is not { } channel)
            return "There is no such channel.";
        if (action != "join" && !workspace.IsMember(user, channel))
            return "Join the channel first.";
        if (channel.IsArchived && action != "unarchive")
            return "This channel is archived.";
        switch (action)
        {
            case "join":
                return channel.Kind == ChannelKind.Public ? Done(workspace.Join(user, channel.Id)) : "A private channel is entered by invitation.";
            case "leave":
                return Done(workspace.Leave(user, channel.Id));
            case "add":
                return Done(workspace.Join(act.Text("user") ?? "", channel.Id, inviter: user));
            case "remove":
                return Done(workspace.Remove(user, act.Text("user") ?? "", channel.Id));
            case "topic":
                workspace.SetTopic(user, channel.Id, act.Text("text") ?? "");
                return null;
            case "purpose":
                workspace.SetPurpose(user, channel.Id, act.Text("text") ?? "");
                return null;
            case "make-private":
                workspace.MakePrivate(user, channel.Id);
                return null;
            default:
                workspace.Archive(user, channel.Id, isArchived: action == "archive");
                return null;
        }
    }

    /// <summary>As in Slack a group is never empty.</summary>
    private string? SetGroup(JsonObject act)
    {
        var users = (act["users"] as JsonArray ?? []).Select(user => user?.ToString()).OfType<string>().ToList();
        return users.Count == 0 ? "A group needs a member." : Done(workspace.SetGroup(act.Text("group") ?? "", users));
    }

    private static string? Done(bool isDone) => isDone ? null : "Nothing changed.";
}
