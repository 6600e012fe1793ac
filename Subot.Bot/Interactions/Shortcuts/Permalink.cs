using System.Text.RegularExpressions;
using Subot.Domain;
using Subot.Storage;

namespace Subot.Bot.Interactions.Shortcuts;

/// <summary>The address of a message, as people copy it.</summary>
internal static partial class Permalink
{
    /// <summary>The message of an address, and its thread if the address tells it; null if it is none.</summary>
    public static (MessageKey Message, ThreadKey? Thread)? Parse(string text)
    {
        if (Address().Match(text) is not { Success: true } found || !Ts.TryParse($"{found.Groups["seconds"]}.{found.Groups["micros"]}", out var ts))
            return null;
        var channel = new ChannelId(found.Groups["channel"].Value);
        var thread = Ts.TryParse(found.Groups["thread"].ValueSpan, out var root) ? new ThreadKey(channel, root) : (ThreadKey?)null;
        return (new MessageKey(channel, ts), thread);
    }

    [GeneratedRegex(@"/archives/(?<channel>[A-Z0-9]+)/p(?<seconds>[0-9]{10})(?<micros>[0-9]{6})(\?([^ ]*&(amp;)?)?thread_ts=(?<thread>[0-9]{10}\.[0-9]{6}))?")]
    private static partial Regex Address();
}
