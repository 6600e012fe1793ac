using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Subot.Domain;
using Subot.Slack;

namespace Subot.Bot;

/// <summary>
/// Enters a watched public channel again that the bot is no longer in: once while it runs, or it would quarrel with whoever takes it out.
/// </summary>
internal sealed partial class Reentry(ISlackApi slack, ILogger<Reentry> log)
{
    /// <summary>Slack's code when the bot is not in a public channel. A private one it does not even see.</summary>
    public const string NotInChannel = "not_in_channel";

    private readonly ConcurrentDictionary<ChannelId, Task<bool?>> _entered = new();

    /// <summary>
    /// Whether the bot has entered the channel, now or before: what Slack refused can be tried once more. Null when that is not known yet,
    /// since Slack did not answer.
    /// </summary>
    public Task<bool?> TryAsync(ChannelId channel, CancellationToken ct) => _entered.GetOrAdd(channel, EnterAsync, ct);

    private async Task<bool?> EnterAsync(ChannelId channel, CancellationToken ct)
    {
        try
        {
            await slack.JoinChannelAsync(channel.Value, ct);
            Log.Entered(log, channel);
            return true;
        }
        catch (SlackException e)
        {
            if (e.Advice == SlackErrorAdvice.Retry)
            {
                // What passes does not count as the one time.
                _entered.TryRemove(channel, out _);
                return null;
            }

            Log.StaysOut(log, channel, e.Error);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The bot was not in {Channel} any more and has joined it; if it is taken out again it stays out")]
        public static partial void Entered(ILogger log, ChannelId channel);

        [LoggerMessage(Level = LogLevel.Error, Message = "The bot is not in {Channel} any more and cannot join it ({Error}): invite it")]
        public static partial void StaysOut(ILogger log, ChannelId channel, string error);
    }
}
