using System.Text;
using System.Text.Json.Nodes;
using Subot.Simulator.Interactions;

namespace Subot.Simulator.WebApi;

/// <summary>views.*.</summary>
internal static class ViewMethods
{
    private const int LargestView = 250_000;
    private const int MostBlocks = 100;

    public static JsonObject Open(ApiCall call)
    {
        if (Refusal(call, out var view) is { } refusal)
            return refusal;
        if (call.Context.Views.FindExternal(view.Text("external_id")) is not null)
            return Answer.Error("duplicate_external_id");
        var (user, error) = call.Context.Triggers.Redeem(call["trigger_id"]!);
        return error is not null ? Answer.Error(error) : Shown(call.Context.Views.Put(null, user!, view));
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
        return IsStale(call, home) ? Answer.Error("hash_conflict") : Shown(call.Context.Views.Put(home?.Id, person.Id, view));
    }

    public static JsonObject Update(ApiCall call)
    {
        if (Refusal(call, out var view) is { } refusal)
            return refusal;
        var known = call.Context.Views.Find(call["view_id"]) ?? call.Context.Views.FindExternal(call["external_id"]);
        if (known is null)
            return Answer.Error("not_found");
        return IsStale(call, known) ? Answer.Error("hash_conflict") : Shown(call.Context.Views.Put(known.Id, known.User, view));
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
        if (view.Text("type") is not ("modal" or "home"))
            return Answer.Error("invalid_arguments", "unsupported type [json-pointer:/view/type]");
        return BlockRules.Broken(view["blocks"] as JsonArray, MostBlocks) is { Count: > 0 } broken
            ? Answer.Error("invalid_arguments", broken)
            : null;
    }

    private static JsonObject Shown(View view) => Answer.Ok(new JsonObject { ["view"] = view.Json.DeepClone() });
}
