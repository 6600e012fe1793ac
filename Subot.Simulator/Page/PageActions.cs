using System.Text.Json.Nodes;
using Subot.Simulator.Interactions;
using Subot.Simulator.Model;

namespace Subot.Simulator.Page;

/// <summary>What a person does on the page: with messages here, with channels and the app beside it.</summary>
internal sealed class PageActions(Workspace workspace, Ephemerals ephemerals, ChannelActions channels, AppActions app)
{
    /// <summary>Carries out an action; "problem" is the reason when it cannot be done, "errors" what is wrong with single inputs.</summary>
    public async Task<JsonObject> RunAsync(JsonObject act, CancellationToken cancellationToken)
    {
        var user = act.Text("as") ?? "";
        var action = act.Text("action") ?? "";
        if (workspace.FindPerson(user) is null)
            return Problem("Nobody has this user id.");
        if (AppActions.Names.Contains(action))
            return await app.RunAsync(action, user, act, cancellationToken);
        return Problem(ChannelActions.Names.Contains(action) ? channels.Run(action, user, act) : Run(action, user, act));
    }

    public static JsonObject Problem(string? problem) => new() { ["problem"] = problem };

    private string? Run(string action, string user, JsonObject act)
    {
        var channel = act.Text("channel") ?? "";
        var ts = act.Text("ts") ?? "";
        return action switch
        {
            "post" => Post(user, channel, act),
            "edit" => Own(user, channel, ts) ?? Done(workspace.Edit(user, channel, ts, act.Text("text") ?? "")),
            "delete" => Deletable(user, channel, ts) ?? Done(workspace.Delete(channel, ts)),
            "react" => Done(workspace.React(user, channel, ts, act.Text("name") ?? "")),
            "unreact" => Done(workspace.Unreact(user, channel, ts, act.Text("name") ?? "")),
            "dismiss" => Dismiss(user, ts),
            _ => "There is no such action.",
        };
    }

    private string? Post(string user, string channel, JsonObject act)
    {
        if (workspace.FindChannel(channel) is not { } place)
            return "There is no such channel.";
        if (place.IsArchived)
            return "This channel is archived.";
        if (!workspace.IsMember(user, place))
            return "Join the channel first.";
        if (string.IsNullOrWhiteSpace(act.Text("text")))
            return "The message is empty.";
        workspace.Post(user, channel, act.Text("text")!, act.Text("thread_ts"), broadcast: act.Flag("broadcast"));
        return null;
    }

    private string? Own(string user, string channel, string ts) =>
        workspace.FindChannel(channel)?.Find(ts)?.Author == user ? null : "Only its author can edit a message.";

    private string? Deletable(string user, string channel, string ts) =>
        workspace.FindPerson(user) is { IsAdmin: true } ? null : Own(user, channel, ts) is null ? null : "Only its author or an admin can delete a message.";

    private string? Dismiss(string user, string ts)
    {
        if (ephemerals.Find(ts) is { } ephemeral && ephemeral.User == user)
            ephemerals.Put(ephemeral with { Body = [] });
        return null;
    }

    private static string? Done(bool isDone) => isDone ? null : "Nothing changed.";
}
