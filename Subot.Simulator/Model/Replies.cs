using System.Text.Json.Nodes;

namespace Subot.Simulator.Model;

/// <summary>The replies to one message, and the counters Slack shows on their parent.</summary>
internal sealed class Replies
{
    private const int ShownUsers = 5;
    private readonly Dictionary<string, int> repliesOfUser = [];
    private readonly List<string> users = [];

    public MessageLog Log { get; } = new();

    public void Add(Message reply)
    {
        Log.Add(reply);
        if (reply.Author is not { } user)
            return;
        if (!repliesOfUser.TryGetValue(user, out var count))
            users.Add(user);
        repliesOfUser[user] = count + 1;
    }

    public void Remove(Message reply)
    {
        Log.Remove(reply);
        if (reply.Author is not { } user || !repliesOfUser.TryGetValue(user, out var count))
            return;
        repliesOfUser[user] = count - 1;
        if (count > 1)
            return;
        repliesOfUser.Remove(user);
        users.Remove(user);
    }

    public void ShowOn(JsonObject parent)
    {
        parent["reply_count"] = Log.Count;
        parent["reply_users_count"] = users.Count;
        parent["latest_reply"] = Log.Last.Ts;
        parent["reply_users"] = Json.Array(users.Take(ShownUsers));
        parent["is_locked"] = false;
        parent["subscribed"] = false;
    }
}
