using System.Text;
using System.Text.Json.Nodes;
using Subot.Simulator.Interactions;

namespace Subot.Simulator.WebApi;

/// <summary>views.*.</summary>
internal static class ViewMethods
{
    private const int LargestView = 250_000;
    private const int MostModals = 3;

    public static JsonObject Open(ApiCall call)
    {
        if (Refusal(call, out var view) is { } refusal)
            return refusal;
        if (call.Context.Views.FindExternal(view.Text("external_id")) is not null)
            return Answer.Error("duplicate_external_id");
        var (cause, error) = call.Context.Triggers.Redeem(call["trigger_id"]!);
        return error is not null ? Answer.Error(error) : Shown(call.Context.Views.Show(cause.User, view));
    }

    /// <summary>Puts a modal on top of the one that caused the trigger.</summary>
    public static JsonObject Push(ApiCall call)
    {
        if (Refusal(call, out var view) is { } refusal)
            return refusal;
        var (cause, error) = call.Context.Triggers.Redeem(call["trigger_id"]!);
        if (error is not null)
            return Answer.Error(error);
        if (call.Context.Views.Find(cause.ViewId) is not { } below)
            return Answer.Error("invalid_trigger_id");
        return call.Context.Views.Depth(below) < MostModals ? Shown(call.Context.Views.Show(cause.User, view, below)) : Answer.Error("push_limit_reached");
    }

    public static JsonObject Publish(ApiCall call)
    {
        if (Refusal(call, out var view) is { } refusal)
            return refusal;
        if (view.Text("type") != "home")
            return Answer.Error("invalid_arguments", "view type must be home");
        if (call.Workspace.FindPerson(call["user_id"]) is not { } person)
            return Answer.Error("invalid_arguments", "invalid `user_id`");
        var home = call.Context.Views.HomeOf(person.Id);
        if (IsStale(call, home))
            return Answer.Error("hash_conflict");
        return Shown(home is null ? call.Context.Views.Show(person.Id, view) : call.Context.Views.Replace(home, view));
    }

    public static JsonObject Update(ApiCall call)
    {
        if (Refusal(call, out var view) is { } refusal)
            return refusal;
        var known = call.Context.Views.Find(call["view_id"]) ?? call.Context.Views.FindExternal(call["external_id"]);
        if (known is null)
            return Answer.Error("not_found");
        return IsStale(call, known) ? Answer.Error("hash_conflict") : Shown(call.Context.Views.Replace(known, view));
    }

    private static bool IsStale(ApiCall call, View? view) => call.Has("hash") && view is not null && call["hash"] != view.Json.Text("hash");

    private static JsonObject? Refusal(ApiCall call, out JsonObject view)
    {
        view = [];
        if (!call.TryJson("view", out var json) || json is not JsonObject given)
            return Answer.Error("invalid_arguments", "must provide an object [json-pointer:/view]");
        view = given;
        if (Encoding.UTF8.GetByteCount(view.ToJsonString()) > LargestView)
            return Answer.Error("view_too_large");
        return call.Context.Rules.BrokenView(view) is { Count: > 0 } broken ? Answer.Error("invalid_arguments", broken) : null;
    }

    private static JsonObject Shown(View view) => Answer.Ok(new JsonObject { ["view"] = view.Json.DeepClone() });
}
