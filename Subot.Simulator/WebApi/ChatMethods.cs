using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>chat.*: what the app writes.</summary>
internal static class ChatMethods
{
    private const int LongestText = 40_000;
    private const int LongestUpdate = 4_000;

    public static JsonObject Post(ApiCall call)
    {
        if (Content.Refusal(call, out var content) is { } refusal)
            return refusal;
        var body = AuthoredByApp(call);
        content.WriteTo(body);
        if (call.Has("username") && call.Context.Tokens.Scopes.Contains("chat:write.customize"))
        {
            body["subtype"] = "bot_message";
            body["username"] = call["username"];
            body.Remove("user");
        }
        var isCut = Cut(body);
        var message = call.Workspace.PostBody(call.Channel, body, call["thread_ts"], null, call.Flag("reply_broadcast"));
        var answer = Answer.Ok(new JsonObject
        {
            ["channel"] = call.Channel.Id,
            ["ts"] = message.Ts,
            ["message"] = call.Channel.Show(message),
        });
        return isCut ? answer.Warned("message_truncated") : answer;
    }

    public static JsonObject Update(ApiCall call)
    {
        if (call.Channel.Find(call["ts"]) is not { IsTombstone: false } message)
            return Answer.Error("message_not_found");
        if (!IsOfApp(call, message))
            return Answer.Error("cant_update_message");
        if (call.Channel.IsArchived)
            return Answer.Error("is_archived");
        if (call["text"]?.Length > LongestUpdate)
            return Answer.Error("msg_too_long");
        if (Content.Refusal(call, out var content) is { } refusal)
            return refusal;
        call.Workspace.Change(call.App.BotUserId, call.Channel.Id, message.Ts, content.WriteTo);
        return Answer.Ok(new JsonObject
        {
            ["channel"] = call.Channel.Id,
            ["ts"] = message.Ts,
            ["text"] = message.Text,
            ["message"] = call.Channel.Show(message),
        });
    }

    public static JsonObject Delete(ApiCall call)
    {
        if (call.Channel.Find(call["ts"]) is not { IsTombstone: false } message)
            return Answer.Error("message_not_found");
        if (!IsOfApp(call, message))
            return Answer.Error("cant_delete_message");
        call.Workspace.Delete(call.Channel.Id, message.Ts);
        return Answer.Ok(new JsonObject { ["channel"] = call.Channel.Id, ["ts"] = message.Ts });
    }

    public static JsonObject PostEphemeral(ApiCall call)
    {
        if (call.Channel.IsArchived)
            return Answer.Error("is_archived");
        if (!call.Channel.Members.Contains(call["user"]!))
            return Answer.Error("user_not_in_channel");
        if (Content.Refusal(call, out var content) is { } refusal)
            return refusal;
        var body = AuthoredByApp(call);
        content.WriteTo(body);
        if (call.Has("thread_ts"))
            body["thread_ts"] = call["thread_ts"];
        return Answer.Ok(new JsonObject { ["message_ts"] = call.Context.Ephemerals.Show(call.Channel, call["user"]!, body) });
    }

    public static JsonObject Permalink(ApiCall call)
    {
        if (call.Channel.Find(call["message_ts"]) is not { } message)
            return Answer.Error("message_not_found");
        return Answer.Ok(new JsonObject { ["channel"] = call.Channel.Id, ["permalink"] = LinkTo(call, message) });
    }

    /// <summary>The permalink of a message of the call's channel.</summary>
    public static string LinkTo(ApiCall call, Message message)
    {
        var link = $"{call.Context.Url}archives/{call.Channel.Id}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}";
        return message.ThreadTs is null ? link : $"{link}?thread_ts={message.ThreadTs}&cid={call.Channel.Id}";
    }

    /// <summary>A message of the app, without content.</summary>
    public static JsonObject AuthoredByApp(ApiCall call)
    {
        var app = call.App;
        return new JsonObject
        {
            ["type"] = "message",
            ["user"] = app.BotUserId,
            ["bot_id"] = app.BotId,
            ["app_id"] = app.AppId,
            ["team"] = app.TeamId,
            ["text"] = "",
            ["bot_profile"] = new JsonObject { ["id"] = app.BotId, ["app_id"] = app.AppId, ["name"] = app.Name, ["icons"] = new JsonObject() },
        };
    }

    private static bool IsOfApp(ApiCall call, Message message) => message.Author == call.App.BotUserId || message.Author == call.App.BotId;

    private static bool Cut(JsonObject body)
    {
        if (body.Text("text") is not { Length: > LongestText } text)
            return false;
        body["text"] = text[..LongestText];
        return true;
    }
}
