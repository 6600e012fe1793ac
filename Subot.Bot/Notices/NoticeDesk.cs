using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Subot.Slack;

namespace Subot.Bot.Notices;

/// <summary>
/// Events that are no facts of a thread: who joined, another topic, other members of a group. They are handled beside the way of the facts,
/// one after the other; what is lost here is found at the next comparison.
/// </summary>
internal sealed partial class NoticeDesk(IEnumerable<INoticeReader> readers, ILogger<NoticeDesk> log) : BackgroundService
{
    private const int Most = 1000;

    private readonly Channel<SlackEvent> _events =
        Channel.CreateBounded<SlackEvent>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Takes an event; never waits.</summary>
    public void Take(SlackEvent slackEvent)
    {
        if (slackEvent is MessagePosted { Message.Subtype: not ("channel_topic" or "group_topic") } or ReactionEvent or MessageChanged or MessageDeleted)
            return;
        _events.Writer.TryWrite(slackEvent);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var slackEvent in _events.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var reader in readers)
            {
                try
                {
                    await reader.ReadAsync(slackEvent, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.Failed(log, slackEvent.Type, e.Message);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A {Event} event could not be followed: {Reason}")]
        public static partial void Failed(ILogger log, string @event, string reason);
    }
}

/// <summary>Follows some kinds of events.</summary>
internal interface INoticeReader
{
    /// <summary>Follows an event if it is of such a kind.</summary>
    Task ReadAsync(SlackEvent slackEvent, CancellationToken ct);
}
