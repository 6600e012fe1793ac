using Subot.Domain;
using Subot.Domain.Actions;

namespace Subot.Storage.Elasticsearch;

/// <summary>Where an action lies: in the document of the thread whose facts made it, or in one of its own.</summary>
internal static class ActionPlace
{
    /// <summary>The thread; null: in a document of its own.</summary>
    public static ThreadKey? ThreadOf(string id)
    {
        if (BotAction.KindOf(id) is not (ActionKind.Reply or ActionKind.SolvedEmoji or ActionKind.Outcome or ActionKind.Call or ActionKind.Retract))
            return null;
        var parts = id.Split(':');
        return parts.Length >= 3 && Ts.TryParse(parts[2], out var root) ? new ThreadKey(new ChannelId(parts[1]), root) : null;
    }
}
