using Subot.Domain;

namespace Subot.Bot.Interactions;

/// <summary>A thread in the value of a button: <c>C0HELP:1763884800.123459</c>.</summary>
internal static class ThreadValue
{
    /// <summary>The thread of a value; null if it names none.</summary>
    public static ThreadKey? Parse(string? value) =>
        value?.Split(':') is [{ Length: > 0 } channel, var root] && Ts.TryParse(root, out var ts) ? new ThreadKey(new ChannelId(channel), ts) : null;
}
