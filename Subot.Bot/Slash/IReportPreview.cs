using Subot.Domain;

namespace Subot.Bot.Slash;

/// <summary>Tells what the next report of a channel would say.</summary>
internal interface IReportPreview
{
    /// <summary>The report as it would read now, in Slack's mrkdwn.</summary>
    /// <param name="monthly">The monthly one instead of the weekly one.</param>
    Task<string> TextAsync(ChannelId channel, bool monthly, CancellationToken ct);
}
