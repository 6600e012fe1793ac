using System.Text.Json.Nodes;

namespace Subot.Simulator.WebApi;

/// <summary>reactions.*.</summary>
internal static class ReactionMethods
{
    private const int MostEmoji = 23;

    public static JsonObject Add(ApiCall call)
    {
        if (Refusal(call) is { } refusal)
            return refusal;
        var message = call.Channel.Find(call["timestamp"])!;
        if (call.Channel.IsArchived)
            return Answer.Error("is_archived");
        if (message.Reactions.Count >= MostEmoji && message.Reactions.TrueForAll(reaction => reaction.Name != call["name"]))
            return Answer.Error("too_many_emoji");
        return call.Workspace.React(call.App.BotUserId, call.Channel.Id, message.Ts, call["name"]!)
            ? Answer.Ok()
            : Answer.Error("already_reacted");
    }

    public static JsonObject Remove(ApiCall call) =>
        Refusal(call) ?? (call.Workspace.Unreact(call.App.BotUserId, call.Channel.Id, call["timestamp"]!, call["name"]!)
            ? Answer.Ok()
            : Answer.Error("no_reaction"));

    public static JsonObject Get(ApiCall call)
    {
        if (call.Channel.Find(call["timestamp"]) is not { } message)
            return Answer.Error("message_not_found");
        var shown = call.Channel.Show(message);
        shown["permalink"] = ChatMethods.LinkTo(call, message);
        return Answer.Ok(new JsonObject { ["type"] = "message", ["channel"] = call.Channel.Id, ["message"] = shown });
    }

    private static JsonObject? Refusal(ApiCall call)
    {
        if (!call.Has("timestamp"))
            return Answer.Error("no_item_specified");
        if (!call["name"]!.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '+' or '\'' or ':' || letter > 127)
            || call["name"]![0] == ':')
            return Answer.Error("invalid_name");
        if (!Model.Ts.IsMessageTs(call["timestamp"]))
            return Answer.Error("bad_timestamp");
        return call.Channel.Find(call["timestamp"]) is { IsTombstone: false } ? null : Answer.Error("message_not_found");
    }
}
