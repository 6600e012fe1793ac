using Subot.Domain;
using Subot.Domain.Patterns;

namespace Subot.Storage;

/// <summary>What messages are searched for: the present texts of threads whose root lies in [From, To).</summary>
/// <param name="After">The last message of the part before; null for the first part.</param>
/// <param name="Limit">How many are wanted at most.</param>
public sealed record MessageSearch(IReadOnlyList<ChannelId> Channels, Ts From, Ts To, WordSearch Words, MessageKey? After, int Limit)
{
    /// <summary>The order of what is found: the newest first, those of one instant by channel.</summary>
    public static int Compare(MessageKey left, MessageKey right)
    {
        var byTime = right.Ts.CompareTo(left.Ts);
        return byTime != 0 ? byTime : left.Channel.CompareTo(right.Channel);
    }

    /// <summary>The newest instant of a channel's messages that may still be told.</summary>
    internal Ts Newest(ChannelId channel) => After switch
    {
        null => Ts.Max,
        { } after => channel.CompareTo(after.Channel) > 0 ? after.Ts : new Ts(after.Ts.Micros - 1),
    };
}

/// <summary>A message that was found.</summary>
/// <param name="Text">As it reads now, in Slack's markup.</param>
public sealed record FoundMessage(MessageKey Message, ThreadKey Thread, string Text);

/// <summary>A part of what a search finds.</summary>
/// <param name="Messages">The newest first; they may be fewer than the limit, or none, though there are more.</param>
/// <param name="Next">Up to where messages were looked at, and after which the next part begins; null: there is none.</param>
public sealed record FoundMessages(IReadOnlyList<FoundMessage> Messages, MessageKey? Next)
{
    /// <summary>A part of at most so many of what was found up to an end.</summary>
    internal static FoundMessages Of(IReadOnlyList<FoundMessage> found, int limit, MessageKey? end) =>
        found.Count > limit ? new([.. found.Take(limit)], found[limit - 1].Message) : new(found, end);
}

/// <summary>An open request, and since when it is silent.</summary>
public readonly record struct SilentThread(Ts Since, ThreadKey Key) : IComparable<SilentThread>
{
    /// <summary>The longest silent first; those of one instant by channel and root.</summary>
    public int CompareTo(SilentThread other)
    {
        var bySilence = Since.CompareTo(other.Since);
        return bySilence != 0 ? bySilence : Key.CompareTo(other.Key);
    }
}
