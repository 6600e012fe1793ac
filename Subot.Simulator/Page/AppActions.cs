using System.Text.Json.Nodes;
using Subot.Simulator.Interactions;

namespace Subot.Simulator.Page;

/// <summary>What a person does with the app: commands, buttons, shortcuts, modals, its home.</summary>
internal sealed class AppActions(AppInteractions interactions)
{
    public static readonly string[] Names = ["command", "press", "press-view", "submit-view", "close-view", "shortcut", "global-shortcut", "home"];

    public async Task<JsonObject> RunAsync(string action, string user, JsonObject act, CancellationToken cancellationToken)
    {
        var (channel, ts, name, view) = (act.Text("channel") ?? "", act.Text("ts") ?? "", act.Text("name") ?? "", act.Text("view") ?? "");
        var told = act["values"] as JsonObject ?? [];
        switch (action)
        {
            case "command":
                await interactions.SlashCommandAsync(user, channel, act.Text("text") ?? "", cancellationToken);
                return Done;
            case "press":
                return Told(await interactions.PressButtonAsync(user, channel, ts, name, cancellationToken, act.Text("block"), Chosen(act)), isToldInChannel: true);
            case "shortcut":
                return Told(await interactions.MessageShortcutAsync(user, channel, ts, name, cancellationToken), isToldInChannel: true);
            case "global-shortcut":
                return Told(await interactions.GlobalShortcutAsync(user, name, cancellationToken));
            case "press-view":
                return Told(await interactions.PressViewButtonAsync(view, name, cancellationToken, act.Text("block"), told, Chosen(act)));
            case "submit-view":
                return Told(await interactions.SubmitViewAsync(view, told, cancellationToken));
            case "close-view":
                await interactions.CloseViewAsync(view, cancellationToken);
                return Done;
            default:
                interactions.OpenHome(user, act.Text("tab") ?? "home");
                return Done;
        }
    }

    private static JsonObject Done => PageActions.Problem(null);

    /// <summary>An app that does not answer is told of in the channel, where there is one: as a message only this person sees.</summary>
    private static JsonObject Told(InteractionOutcome outcome, bool isToldInChannel = false)
    {
        var answer = PageActions.Problem(outcome.Error switch
        {
            null => null,
            "no_such_button" => "This button is gone.",
            "no_such_shortcut" => "The app has no such shortcut.",
            "no_such_view" => "This window is gone.",
            "message_not_found" => "This message is gone.",
            "invalid_response" => "We had some trouble connecting: the app's answer does not fit the window.",
            var error => isToldInChannel ? null : $"The app did not answer ({error}).",
        });
        answer["errors"] = outcome.Errors?.DeepClone();
        return answer;
    }

    private static List<string> Chosen(JsonObject act) =>
        [.. (act["chosen"] as JsonArray ?? []).Select(one => one?.ToString()).OfType<string>()];
}
