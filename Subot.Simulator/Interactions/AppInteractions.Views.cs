using System.Text.Json.Nodes;

namespace Subot.Simulator.Interactions;

public sealed partial class AppInteractions
{
    /// <summary>
    /// A person presses a button of a modal or of the app's home, or chooses <paramref name="chosen"/> in one of its selects.
    /// <paramref name="told"/> is what the inputs hold by then: block id, then action id, then a value, several, or a whole state.
    /// </summary>
    public async Task<InteractionOutcome> PressViewButtonAsync(
        string viewId, string actionId, CancellationToken cancellationToken, string? blockId = null, JsonObject? told = null,
        params IReadOnlyList<string> chosen)
    {
        if (views.Find(viewId) is not { } view || Buttons.Press(view.Json["blocks"] as JsonArray, actionId, blockId, chosen) is not { } pressed)
            return new InteractionOutcome("no_such_button", null, null);
        var state = told?.DeepClone().AsObject() ?? [];
        if (chosen.Count > 0)
            Put(state, pressed.Text("block_id")!, actionId, Json.Array(chosen));
        var payload = BlockActions(view.User, pressed, view.IsHome ? null : view.Id);
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        payload["view"] = Filled(view, state);
        return await SendAsync(payload, acceptsPayload: false, null, cancellationToken);
    }

    /// <summary>A person fills in a modal, by action id (several choices with commas between), and submits it.</summary>
    public Task<InteractionOutcome> SubmitViewAsync(
        string viewId, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        SubmitViewAsync(viewId, ViewState.Told(views.Find(viewId)?.Json["blocks"] as JsonArray, fields), cancellationToken);

    /// <summary>
    /// A person submits a modal; <paramref name="told"/> is what the inputs hold: block id, then action id, then a value, several,
    /// or a whole state. Those left out hold what they held at first.
    /// </summary>
    public async Task<InteractionOutcome> SubmitViewAsync(string viewId, JsonObject told, CancellationToken cancellationToken)
    {
        if (views.Find(viewId) is not { IsHome: false } view)
            return new InteractionOutcome("no_such_view", null, null);
        var filled = Filled(view, told);
        var problems = ViewState.Problems(filled["blocks"] as JsonArray, filled["state"]!["values"]!.AsObject());
        if (problems.Count > 0)
            return new InteractionOutcome(null, null, null) { Errors = problems };
        var payload = Payload("view_submission", view.User, view.Id);
        payload["view"] = filled;
        payload["response_urls"] = new JsonArray();
        var outcome = await SendAsync(payload, acceptsPayload: true, null, cancellationToken);
        return outcome.Answer is null ? outcome : Apply(view, outcome);
    }

    /// <summary>A person cancels a modal; the app hears of it only when it asked to.</summary>
    public async Task CloseViewAsync(string viewId, CancellationToken cancellationToken)
    {
        if (views.Find(viewId) is not { IsHome: false } view)
            return;
        var isCleared = view.Json.Flag("clear_on_close");
        if (isCleared)
            views.CloseStack(view);
        else
            views.Close(view);
        if (!view.Json.Flag("notify_on_close"))
            return;
        var payload = Payload("view_closed", view.User);
        payload["view"] = view.Json.DeepClone();
        payload["is_cleared"] = isCleared;
        await SendAsync(payload, acceptsPayload: false, null, cancellationToken);
    }

    /// <summary>Does with the modal what the app answered; an answer Slack cannot follow leaves it open, with an error.</summary>
    private InteractionOutcome Apply(View view, InteractionOutcome outcome)
    {
        var answer = outcome.Answer!;
        var next = answer["view"] as JsonObject;
        switch (answer.Text("response_action"))
        {
            case "errors" when answer["errors"] is JsonObject errors && errors.All(error => IsInput(view, error.Key)):
                return outcome with { Errors = (JsonObject)errors.DeepClone() };
            case "update" when next is not null && rules.BrokenView(next).Count == 0:
                views.Replace(view, next);
                return outcome;
            case "push" when next is not null && rules.BrokenView(next).Count == 0:
                views.Show(view.User, next, view);
                return outcome;
            case "clear":
                views.CloseStack(view);
                return outcome;
            case null:
                views.Close(view);
                return outcome;
            default:
                return outcome with { Error = "invalid_response" };
        }
    }

    private static bool IsInput(View view, string blockId) =>
        (view.Json["blocks"] as JsonArray ?? []).OfType<JsonObject>().Any(block => block.Text("type") == "input" && block.Text("block_id") == blockId);

    private static JsonObject Filled(View view, JsonObject told)
    {
        var filled = (JsonObject)view.Json.DeepClone();
        filled["state"] = new JsonObject { ["values"] = ViewState.Of(filled["blocks"] as JsonArray, told) };
        return filled;
    }

    private static void Put(JsonObject values, string block, string action, JsonNode value)
    {
        if (values[block] is not JsonObject states)
            values[block] = states = [];
        states[action] = value;
    }
}
