using System.Text.Json.Nodes;
using Subot.Simulator.Model;

namespace Subot.Simulator.WebApi;

/// <summary>conversations.* except history and replies.</summary>
internal static class ConversationMethods
{
    private const int LongestTopic = 250;
    private static readonly string[] Types = ["public_channel", "private_channel", "im", "mpim"];

    public static JsonObject List(ApiCall call)
    {
        var types = (call["types"] ?? "public_channel").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (types.Any(type => !Types.Contains(type)))
            return Answer.Error("invalid_types");
        if (Array.Find(types, type => !call.Context.Tokens.Scopes.Contains(ScopeOf(type))) is { } refused)
            return Answer.MissingScope(ScopeOf(refused), call.Context.Tokens.ScopeList);
        var workspace = call.Workspace;
        var listed = workspace.Channels
            .Where(channel => types.Contains(TypeOf(channel)) && (channel.Kind == ChannelKind.Public || workspace.AppIsIn(channel)))
            .Where(channel => !channel.IsArchived || !call.Flag("exclude_archived"))
            .ToList();
        return Paging.Page(call, "channels", listed, channel => Shown(call, channel));
    }

    public static JsonObject Info(ApiCall call) => Answer.Ok(new JsonObject { ["channel"] = Shown(call, call.Channel) });

    public static JsonObject Join(ApiCall call)
    {
        if (call.Channel.Kind != ChannelKind.Public)
            return Answer.Error("method_not_supported_for_channel_type");
        if (call.Channel.IsArchived)
            return Answer.Error("is_archived");
        var isNew = call.Workspace.Join(call.App.BotUserId, call.Channel.Id);
        var answer = Info(call);
        return isNew ? answer : answer.Warned("already_in_channel");
    }

    public static JsonObject Members(ApiCall call) => Paging.Page(call, "members", call.Channel.Members, member => member);

    public static JsonObject SetTopic(ApiCall call)
    {
        var topic = call["topic"] ?? "";
        if (topic.Length > LongestTopic)
            return Answer.Error("too_long");
        call.Workspace.SetTopic(call.App.BotUserId, call.Channel.Id, topic);
        return Info(call);
    }

    public static JsonObject SetPurpose(ApiCall call)
    {
        var purpose = call["purpose"] ?? "";
        if (purpose.Length > LongestTopic)
            return Answer.Error("too_long");
        call.Workspace.SetPurpose(call.App.BotUserId, call.Channel.Id, purpose);
        return Info(call);
    }

    public static JsonObject Open(ApiCall call)
    {
        if (call.Workspace.FindPerson(call["users"]) is not { } person)
            return Answer.Error("user_not_found");
        if (person.IsDeleted)
            return Answer.Error("user_disabled");
        var channel = call.Workspace.DirectWith(person.Id);
        return Answer.Ok(new JsonObject
        {
            ["channel"] = call.Flag("return_im") ? Shown(call, channel) : new JsonObject { ["id"] = channel.Id },
        });
    }

    private static string ScopeOf(string type) => type switch
    {
        "private_channel" => "groups:read",
        "im" => "im:read",
        "mpim" => "mpim:read",
        _ => "channels:read",
    };

    private static string TypeOf(Channel channel) => channel.Kind switch
    {
        ChannelKind.Private => "private_channel",
        ChannelKind.Direct => "im",
        _ => "public_channel",
    };

    private static JsonObject Shown(ApiCall call, Channel channel) => channel.Show(call.App.BotUserId, call.App.TeamId);
}
