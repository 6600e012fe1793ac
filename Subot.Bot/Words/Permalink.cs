using System.Text.RegularExpressions;
using Subot.Domain;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Words;

/// <summary>
/// The address of a message, as people copy it: <c>https://acme.slack.com/archives/C0HELP/p1763884800123459?thread_ts=...</c>.
/// </summary>
/// <param name="Address">All of it; null if the text has only the path.</param>
/// <param name="Root">The first message of the thread, if the address tells it.</param>
internal sealed partial record Permalink(string? Address, MessageKey Message, Ts? Root)
{
    /// <summary>Reads one, plain or in angle brackets, as Slack hands links to commands. Null if there is none.</summary>
    public static Permalink? Parse(string text)
    {
        if (Pattern().Match(SlackText.Unescape(text)) is not { Success: true } link || !Ts.TryParse($"{link.Groups["seconds"].Value}.{link.Groups["micros"].Value}", out var message))
            return null;
        var root = Ts.TryParse(link.Groups["thread"].Value, out var known) ? known : (Ts?)null;
        return new Permalink(link.Groups["host"].Success ? link.Value : null, new MessageKey(new ChannelId(link.Groups["channel"].Value), message), root);
    }

    /// <summary>
    /// The thread of the message. A message that is not known, in a thread that the address does not tell, counts for a first one.
    /// </summary>
    public async Task<ThreadKey> ThreadAsync(IThreadStore store, CancellationToken ct)
    {
        if (Root is { } root)
            return new ThreadKey(Message.Channel, root);
        var found = await store.FindThreadsAsync([Message], ct);
        return found.TryGetValue(Message, out var thread) ? thread : new ThreadKey(Message.Channel, Message.Ts);
    }

    [GeneratedRegex(@"(?<host>https?://[^\s|>/]+)?/archives/(?<channel>[A-Z0-9]+)/p(?<seconds>[0-9]{10})(?<micros>[0-9]{6})(\?([^\s|>]*&)?thread_ts=(?<thread>[0-9]{10}\.[0-9]{6})[^\s|>]*|\?[^\s|>]*)?")]
    private static partial Regex Pattern();
}
