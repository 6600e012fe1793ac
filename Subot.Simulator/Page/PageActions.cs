using System.Text.Json.Nodes;
using Subot.Simulator.Interactions;
using Subot.Simulator.Model;

namespace Subot.Simulator.Page;

/// <summary>What a person does on the page.</summary>
internal sealed class PageActions(Workspace workspace, AppInteractions interactions, Ephemerals ephemerals)
{
    /// <summary>Carries out an action; the reason when it cannot be done, else null.</summary>
    public async Task<string?> RunAsync(JsonObject act, CancellationToken cancellationToken)
    {
        var user = act.Text("as") ?? "";
        var channel = act.Text("channel") ?? "";
        var ts = act.Text("ts") ?? "";
        if (workspace.FindPerson(user) is null)
            return "Nobody has this user id.";
        return act.Text("action") switch
        {
            "post" => Post(user, channel, act),
            "edit" => Own(user, channel, ts) ?? Done(workspace.Edit(user, channel, ts, act.Text("text") ?? "")),
            "delete" => Deletable(user, channel, ts) ?? Done(workspace.Delete(channel, ts)),
            "react" => Done(workspace.React(user, channel, ts, act.Text("name") ?? "")),
            "unreact" => Done(workspace.Unreact(user, channel, ts, act.Text("name") ?? "")),
            "join" => Done(workspace.Join(user, channel)),
            "leave" => Done(workspace.Leave(user, channel)),
            "invite-app" => Done(workspace.Join(workspace.App.BotUserId, channel, inviter: user)),
            "topic" => SetTopic(user, channel, act.Text("text") ?? ""),
            "dismiss" => Dismiss(user, ts),
            "home" => OpenHome(user),
            "command" => await CommandAsync(user, channel, act.Text("text") ?? "", cancellationToken),
            "press" => await PressAsync(user, channel, ts, act, cancellationToken),
            "shortcut" => (await interactions.MessageShortcutAsync(user, channel, ts, act.Text("name") ?? "", cancellationToken)).Error,
            "press-view" => (await interactions.PressViewButtonAsync(act.Text("view") ?? "", act.Text("name") ?? "", cancellationToken)).Error,
            "submit-view" => await SubmitAsync(act, cancellationToken),
            "close-view" => await CloseAsync(act, cancellationToken),
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

    private string? SetTopic(string user, string channel, string topic)
    {
        workspace.SetTopic(user, channel, topic);
        return null;
    }

    private string? Dismiss(string user, string ts)
    {
        if (ephemerals.Find(ts) is { } ephemeral && ephemeral.User == user)
            ephemerals.Put(ephemeral with { Body = [] });
        return null;
    }

    private string? OpenHome(string user)
    {
        interactions.OpenHome(user);
        return null;
    }

    /// <summary>An app that does not answer tells the person so itself, as a message only they see.</summary>
    private async Task<string?> CommandAsync(string user, string channel, string line, CancellationToken cancellationToken)
    {
        await interactions.SlashCommandAsync(user, channel, line, cancellationToken);
        return null;
    }

    private async Task<string?> PressAsync(string user, string channel, string ts, JsonObject act, CancellationToken cancellationToken)
    {
        var outcome = await interactions.PressButtonAsync(
            user, channel, ts, act.Text("name") ?? "", cancellationToken, act.Text("block"), act.Text("option"));
        return outcome.Error == "no_such_button" ? "This button is gone." : null;
    }

    private async Task<string?> SubmitAsync(JsonObject act, CancellationToken cancellationToken)
    {
        var values = act["values"] as JsonObject ?? [];
        var outcome = await interactions.SubmitViewAsync(act.Text("view") ?? "", values, cancellationToken);
        if (outcome.Error is not null)
            return $"The app did not answer ({outcome.Error}).";
        return outcome.Answer?["errors"] is JsonObject errors ? string.Join(" ", errors.Select(error => error.Value?.ToString())) : null;
    }

    private async Task<string?> CloseAsync(JsonObject act, CancellationToken cancellationToken)
    {
        await interactions.CloseViewAsync(act.Text("view") ?? "", cancellationToken);
        return null;
    }

    private static string? Done(bool isDone) => isDone ? null : "Nothing changed.";
}
