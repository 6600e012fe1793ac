using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Subot.Simulator.Model;
using Subot.Simulator.SocketMode;
using Subot.Simulator.WebApi;

namespace Subot.Simulator.Interactions;

/// <summary>What came of a command or an interaction.</summary>
/// <param name="Error">What the person is told when the app did not answer: "dispatch_failed" or "operation_timeout"; else null.</param>
/// <param name="Answer">The payload of the acknowledgement; null when there was none.</param>
/// <param name="Ts">The message that showed the answer; null when it was empty.</param>
public sealed record InteractionOutcome(string? Error, JsonObject? Answer, string? Ts)
{
    /// <summary>What is wrong with what was filled in, by block id, as the app or Slack itself says it; null when nothing is.</summary>
    public JsonObject? Errors { get; init; }
}

/// <summary>What people do with the app itself: slash commands, buttons, modals, shortcuts.</summary>
public sealed partial class AppInteractions
{
    private readonly Workspace workspace;
    private readonly SocketHub hub;
    private readonly Ephemerals ephemerals;
    private readonly Triggers triggers;
    private readonly ResponseUrls responseUrls;
    private readonly AppMessages messages;
    private readonly Views views;
    private readonly BlockRules rules;
    private readonly Func<Uri> url;

    internal AppInteractions(
        Workspace workspace, SocketHub hub, Ephemerals ephemerals, Triggers triggers, ResponseUrls responseUrls, AppMessages messages, Views views, BlockRules rules,
        Func<Uri> url)
    {
        this.workspace = workspace;
        this.hub = hub;
        this.ephemerals = ephemerals;
        this.triggers = triggers;
        this.responseUrls = responseUrls;
        this.messages = messages;
        this.views = views;
        this.rules = rules;
        this.url = url;
    }

    /// <summary>A person types a slash command, such as "/weather today".</summary>
    public async Task<InteractionOutcome> SlashCommandAsync(string user, string channel, string line, CancellationToken cancellationToken)
    {
        var place = workspace.ChannelOrNew(channel);
        var (command, text) = Split(line.Trim());
        var payload = new JsonObject
        {
            ["token"] = "simulated-verification-token",
            ["team_id"] = workspace.App.TeamId,
            ["team_domain"] = workspace.App.Domain,
            ["channel_id"] = place.Id,
            ["channel_name"] = NameOf(place),
            ["user_id"] = user,
            ["user_name"] = workspace.PersonOrNew(user).Name,
            ["command"] = command,
            ["text"] = workspace.App.EscapesCommands ? Escaped(text) : text,
            ["api_app_id"] = workspace.App.AppId,
            ["is_enterprise_install"] = "false",
            ["response_url"] = url() + responseUrls.Issue(place.Id, user, null),
            ["trigger_id"] = triggers.Issue(user),
        };
        var reply = await hub.AskAsync("slash_commands", acceptsPayload: true, payload, cancellationToken);
        if (reply.Error is not null)
        {
            Tell(place, user, $"{command} failed with the error \"{reply.Error}\"");
            return new InteractionOutcome(reply.Error, null, null);
        }
        var (ts, error) = reply.Payload!.Count == 0 ? (null, null) : messages.Show(place.Id, user, reply.Payload);
        if (error is not null)
            Tell(place, user, $"{command} failed with the error \"{error}\"");
        return new InteractionOutcome(error, reply.Payload, ts);
    }

    /// <summary>What Slack makes of the names of people and channels that it knows, where the app's manifest says should_escape.</summary>
    private string Escaped(string text) => Name().Replace(text, name => name.Groups["sign"].Value == "@"
        ? workspace.People.FirstOrDefault(p => p.Name == name.Groups["name"].Value) is { } person ? $"<@{person.Id}|{person.Name}>" : name.Value
        : workspace.Channels.FirstOrDefault(c => c.Name == name.Groups["name"].Value) is { } channel ? $"<#{channel.Id}|{channel.Name}>" : name.Value);

    [GeneratedRegex(@"(?<![\w<|])(?<sign>[@#])(?<name>[a-z0-9._-]+)")]
    private static partial Regex Name();

    /// <summary>
    /// A person presses a button of a message, or chooses <paramref name="chosen"/> in one of its selects; ephemeral ones included.
    /// </summary>
    public async Task<InteractionOutcome> PressButtonAsync(
        string user, string channel, string messageTs, string actionId, CancellationToken cancellationToken, string? blockId = null,
        params IReadOnlyList<string> chosen)
    {
        var place = workspace.ChannelOrNew(channel);
        var ephemeral = ephemerals.Find(messageTs);
        JsonObject? shown;
        lock (workspace.Gate)
            shown = ephemeral?.Body ?? (place.Find(messageTs) is { } message ? place.Show(message) : null);
        if (shown is null || (ephemeral is not null && ephemeral.User != user))
            return new InteractionOutcome("no_such_button", null, null);
        if (Buttons.Press(shown["blocks"] as JsonArray, actionId, blockId, chosen) is not { } pressed)
            return new InteractionOutcome("no_such_button", null, null);
        var payload = BlockActions(user, pressed, null);
        payload["state"] = new JsonObject { ["values"] = ViewState.Of(shown["blocks"] as JsonArray, []) };
        payload["channel"] = new JsonObject { ["id"] = place.Id, ["name"] = NameOf(place) };
        payload["container"] = Container(place, shown, messageTs, ephemeral is not null);
        payload["response_url"] = url() + responseUrls.Issue(place.Id, user, messageTs);
        if (ephemeral is null)
            payload["message"] = shown;
        return await SendAsync(payload, acceptsPayload: false, place, cancellationToken);
    }

    /// <summary>A person uses one of the app's shortcuts on a message.</summary>
    public Task<InteractionOutcome> MessageShortcutAsync(
        string user, string channel, string messageTs, string callbackId, CancellationToken cancellationToken)
    {
        if (!Declares(callbackId, isGlobal: false))
            return Task.FromResult(new InteractionOutcome("no_such_shortcut", null, null));
        var place = workspace.ChannelOrNew(channel);
        var payload = Payload("message_action", user);
        payload["callback_id"] = callbackId;
        payload["action_ts"] = Ts.From(workspace.Time.GetUtcNow());
        payload["message_ts"] = messageTs;
        payload["channel"] = new JsonObject { ["id"] = place.Id, ["name"] = NameOf(place) };
        payload["response_url"] = url() + responseUrls.Issue(place.Id, user, null);
        lock (workspace.Gate)
        {
            if (place.Find(messageTs) is not { } message)
                return Task.FromResult(new InteractionOutcome("message_not_found", null, null));
            payload["message"] = place.Show(message);
        }
        return SendAsync(payload, acceptsPayload: false, place, cancellationToken);
    }

    /// <summary>A person uses one of the app's shortcuts that belong to no message.</summary>
    public Task<InteractionOutcome> GlobalShortcutAsync(string user, string callbackId, CancellationToken cancellationToken)
    {
        if (!Declares(callbackId, isGlobal: true))
            return Task.FromResult(new InteractionOutcome("no_such_shortcut", null, null));
        var payload = Payload("shortcut", user);
        payload["callback_id"] = callbackId;
        payload["action_ts"] = Ts.From(workspace.Time.GetUtcNow());
        return SendAsync(payload, acceptsPayload: false, null, cancellationToken);
    }

    /// <summary>A person opens the app: its home, or the messages with it.</summary>
    public void OpenHome(string user, string tab = "home")
    {
        lock (workspace.Gate)
            workspace.TellHomeOpened(user, tab, views.HomeOf(user)?.Json);
    }

    private bool Declares(string callbackId, bool isGlobal) =>
        workspace.App.Shortcuts.Any(shortcut => shortcut.CallbackId == callbackId && shortcut.IsGlobal == isGlobal);

    private async Task<InteractionOutcome> SendAsync(
        JsonObject payload, bool acceptsPayload, Channel? place, CancellationToken cancellationToken)
    {
        var user = payload["user"]!["id"]!.GetValue<string>();
        var reply = await hub.AskAsync("interactive", acceptsPayload, payload, cancellationToken);
        if (reply.Error is not null && place is not null)
            Tell(place, user, $"The app did not answer ({reply.Error}).");
        return new InteractionOutcome(reply.Error, reply.Payload, null);
    }

    private JsonObject BlockActions(string user, JsonObject action, string? viewId)
    {
        action["action_ts"] = Ts.From(workspace.Time.GetUtcNow());
        var payload = Payload("block_actions", user, viewId);
        payload["actions"] = new JsonArray(action);
        return payload;
    }

    private JsonObject Payload(string type, string user, string? viewId = null)
    {
        var app = workspace.App;
        var name = workspace.PersonOrNew(user).Name;
        return new JsonObject
        {
            ["type"] = type,
            ["token"] = "simulated-verification-token",
            ["api_app_id"] = app.AppId,
            ["team"] = new JsonObject { ["id"] = app.TeamId, ["domain"] = app.Domain },
            ["user"] = new JsonObject { ["id"] = user, ["username"] = name, ["name"] = name, ["team_id"] = app.TeamId },
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
            ["trigger_id"] = triggers.Issue(user, viewId),
        };
    }

    private static JsonObject Container(Channel place, JsonObject shown, string ts, bool isEphemeral)
    {
        var container = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = ts,
            ["channel_id"] = place.Id,
            ["is_ephemeral"] = isEphemeral,
        };
        if (shown.Text("thread_ts") is { } thread)
            container["thread_ts"] = thread;
        return container;
    }

    private void Tell(Channel place, string user, string text) => ephemerals.Show(place, user, new JsonObject
    {
        ["type"] = "message",
        ["user"] = "USLACKBOT",
        ["text"] = text,
    });

    private static string NameOf(Channel place) =>
        place.Kind switch { ChannelKind.Public => place.Name, ChannelKind.Private => "privategroup", _ => "directmessage" };

    private static (string Command, string Text) Split(string line)
    {
        var space = line.IndexOf(' ');
        return space < 0 ? (line, "") : (line[..space], line[(space + 1)..].Trim());
    }
}
