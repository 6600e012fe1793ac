namespace Subot.Simulator.WebApi;

/// <summary>Every method the workspace offers: its name, calls per minute, scopes, required arguments, place and code.</summary>
internal static class MethodTable
{
    private const int Tier2 = 20;
    private const int Tier3 = 50;
    private const int Tier4 = 100;
    private const int Special = 600;

    private static readonly string[] Read = ["channels:read", "groups:read", "im:read"];
    private static readonly string[] History = ["channels:history", "groups:history", "im:history"];
    private static readonly string[] Write = ["chat:write"];
    private static readonly string[] Topic = ["channels:write.topic", "groups:write.topic"];

    public static IReadOnlyList<ApiMethod> All { get; } =
    [
        new("auth.test", Special, [], [], Place.None, AppMethods.AuthTest) { TakesAppToken = true },
        new("apps.connections.open", Tier3, ["connections:write"], [], Place.None, AppMethods.OpenConnection) { TakesAppToken = true },
        new("team.info", Tier3, ["team:read"], [], Place.None, AppMethods.TeamInfo),
        new("bots.info", Tier3, ["users:read"], [], Place.None, AppMethods.BotInfo),

        new("chat.postMessage", Special, Write, ["channel"], Place.Open, ChatMethods.Post),
        new("chat.update", Tier3, Write, ["channel", "ts"], Place.Member, ChatMethods.Update),
        new("chat.delete", Tier3, Write, ["channel", "ts"], Place.Visible, ChatMethods.Delete),
        new("chat.postEphemeral", Tier4, Write, ["channel", "user"], Place.Member, ChatMethods.PostEphemeral),
        new("chat.getPermalink", Special, [], ["channel", "message_ts"], Place.Visible, ChatMethods.Permalink),

        new("conversations.list", Tier2, Read, [], Place.None, ConversationMethods.List),
        new("conversations.info", Tier3, Read, ["channel"], Place.Visible, ConversationMethods.Info),
        new("conversations.join", Tier3, ["channels:join"], ["channel"], Place.Visible, ConversationMethods.Join),
        new("conversations.members", Tier4, Read, ["channel"], Place.Visible, ConversationMethods.Members),
        new("conversations.setTopic", Tier2, Topic, ["channel"], Place.Open, ConversationMethods.SetTopic),
        new("conversations.setPurpose", Tier2, Topic, ["channel"], Place.Open, ConversationMethods.SetPurpose),
        new("conversations.open", Tier3, ["im:write"], ["users"], Place.None, ConversationMethods.Open),
        new("conversations.history", Tier3, History, ["channel"], Place.Member, HistoryMethods.History),
        new("conversations.replies", Tier3, History, ["channel", "ts"], Place.Member, HistoryMethods.Replies),

        new("users.info", Tier4, ["users:read"], ["user"], Place.None, UserMethods.Info),
        new("users.list", Tier2, ["users:read"], [], Place.None, UserMethods.List),
        new("users.lookupByEmail", Tier3, ["users:read.email"], ["email"], Place.None, UserMethods.ByEmail),
        new("users.profile.get", Tier4, ["users.profile:read"], [], Place.None, UserMethods.Profile),

        new("usergroups.list", Tier2, ["usergroups:read"], [], Place.None, UserGroupMethods.List),
        new("usergroups.users.list", Tier2, ["usergroups:read"], ["usergroup"], Place.None, UserGroupMethods.Users),
        new("usergroups.users.update", Tier2, ["usergroups:write"], ["usergroup"], Place.None, UserGroupMethods.Update),

        new("reactions.add", Tier3, ["reactions:write"], ["channel", "name"], Place.Member, ReactionMethods.Add),
        new("reactions.remove", Tier2, ["reactions:write"], ["channel", "name"], Place.Member, ReactionMethods.Remove),
        new("reactions.get", Tier3, ["reactions:read"], ["channel", "timestamp"], Place.Visible, ReactionMethods.Get),

        new("files.getUploadURLExternal", Tier4, ["files:write"], ["filename", "length"], Place.None, FileMethods.GetUploadUrl),
        new("files.completeUploadExternal", Tier4, ["files:write"], ["files"], Place.None, FileMethods.CompleteUpload),

        new("views.open", Tier4, [], ["trigger_id", "view"], Place.None, ViewMethods.Open),
        new("views.push", Tier4, [], ["trigger_id", "view"], Place.None, ViewMethods.Push),
        new("views.publish", Tier4, [], ["user_id", "view"], Place.None, ViewMethods.Publish),
        new("views.update", Tier4, [], ["view"], Place.None, ViewMethods.Update),
    ];
}
