using Subot.Domain;

namespace Subot.Bot.Scheduling;

/// <summary>Something that becomes due by time. What was due while the bot was down is due when it looks again.</summary>
internal interface ISchedule
{
    /// <summary>Creates the actions that are due in a channel and do not exist yet.</summary>
    Task RunAsync(ChannelId channel, Ts now, CancellationToken ct);
}
