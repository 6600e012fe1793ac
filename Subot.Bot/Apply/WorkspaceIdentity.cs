using Subot.Domain;

namespace Subot.Bot.Apply;

/// <summary>Who we are in the workspace, and what we watch.</summary>
internal sealed record WorkspaceIdentity(string UserId, string? BotId, IReadOnlyList<ChannelId> Channels)
{
    /// <summary>Somebody who never writes: for imports of other people's history.</summary>
    public static WorkspaceIdentity Nobody(params IReadOnlyList<ChannelId> channels) => new("", null, channels);

    public bool Watches(string? channel) => channel is not null && Channels.Contains(new ChannelId(channel));

    public bool IsSelf(string? user, string? bot) => (user is not null && user == UserId) || (bot is not null && bot == BotId);
}
