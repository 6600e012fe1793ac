using Subot.Bot.Sending;
using Subot.Domain;
using Subot.Domain.Actions;
using Subot.Slack;
using Subot.Storage;

namespace Subot.Bot.Reports;

/// <summary>
/// Reports as posts: their words, and a picture. While Slack still processes the picture they wait for it, a minute at most.
/// </summary>
internal sealed class ReportComposer(ReportWriter writer, ReportPictures pictures, TimeProvider time) : IComposer
{
    private static readonly TimeSpan s_processing = TimeSpan.FromSeconds(3);

    public async ValueTask<Outgoing> ComposeAsync(StoredAction action, CancellationToken ct)
    {
        var channel = action.Action.Channel;
        // The numbers are added up and the picture is uploaded once, for the words that are fixed then.
        if (action.Text is { } known)
            return new OutgoingPost(channel.Value, null, known, action.Attachment);
        var detail = action.Action.Detail.Split(':');
        var report = await writer.WriteAsync(channel, ReportJob.Of(detail[0]), Ts.Parse(detail[1]), ct);
        var picture = await pictures.UploadAsync(action.Action, report, ct);
        return new OutgoingPost(channel.Value, null, report.Text, picture?.ToString());
    }

    public IReadOnlyList<Block>? Blocks(BotAction action, string text, string? attachment) =>
        attachment is null ? [.. Sections.Of(text)] : [.. Sections.Of(text), ReportPicture.Parse(attachment).Block];

    public Again? AfterRefusal(StoredAction sending, SlackException refusal)
    {
        if (sending.Attachment is not { } attachment || !refusal.Error.StartsWith("invalid_blocks", StringComparison.Ordinal))
            return null;
        return Ts.From(time.GetUtcNow()) < ReportPicture.Parse(attachment).PatienceUntil ? new Again(s_processing, attachment) : new Again(TimeSpan.Zero, null);
    }
}
