using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Subot.Domain;

namespace Subot.Bot;

/// <summary>
/// Watched channels in which nothing can be read or said at the moment: archived, gone private, or without the bot. What is known of them
/// stays; nothing is sent until their history could be read again.
/// </summary>
internal sealed partial class ClosedChannels(ILogger<ClosedChannels> log)
{
    /// <summary>Why an archived channel is closed.</summary>
    public const string Archived = "it is archived";

    private readonly ConcurrentDictionary<ChannelId, string> _closed = new();

    /// <summary>The channels, and why each is closed, in words for people.</summary>
    public IReadOnlyDictionary<ChannelId, string> All => _closed;

    public bool Contains(ChannelId channel) => _closed.ContainsKey(channel);

    /// <summary>Nothing can be done in a channel.</summary>
    public void Close(ChannelId channel, string reason)
    {
        if (_closed.TryGetValue(channel, out var known) && known == reason)
            return;
        _closed[channel] = reason;
        Log.Closed(log, channel, reason);
    }

    /// <summary>Its history has been read: it is as it was.</summary>
    public void Open(ChannelId channel)
    {
        if (_closed.TryRemove(channel, out _))
            Log.Opened(log, channel);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Channel} is closed to the bot: {Reason}. What is recorded stays; it goes on when the channel is open again")]
        public static partial void Closed(ILogger log, ChannelId channel, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Channel} is open again")]
        public static partial void Opened(ILogger log, ChannelId channel);
    }
}
