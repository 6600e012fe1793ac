using System.Text.RegularExpressions;
using Subot.Domain;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>The address of a message: <c>https://acme.slack.com/archives/C0HELP/p1763884800123459?thread_ts=...</c>.</summary>
/// <param name="Thread">The thread, if the address tells it.</param>
internal sealed partial record Permalink(string Address, ChannelId Channel, Ts Message, Ts? Thread)
{
    /// <summary>Reads one, as Slack hands links to commands: plain or in angle brackets. Null if it is none.</summary>
    public static Permalink? Parse(string text)
    {
        if (Pattern().Match(SlackText.Unescape(text)) is not { Success: true } link || !Ts.TryParse($"{link.Groups["seconds"].Value}.{link.Groups["micros"].Value}", out var message))
            return null;
        var thread = Ts.TryParse(link.Groups["thread"].Value, out var root) ? root : (Ts?)null;
        return new Permalink(link.Value, new ChannelId(link.Groups["channel"].Value), message, thread);
    }

    [GeneratedRegex(@"https?://[^\s|>/]+/archives/(?<channel>[A-Z0-9]+)/p(?<seconds>\d{10})(?<micros>\d{6})(\?([^\s|>]*&)?thread_ts=(?<thread>\d{10}\.\d{6})[^\s|>]*|\?[^\s|>]*)?")]
    private static partial Regex Pattern();
}
