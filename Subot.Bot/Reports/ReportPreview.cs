using Subot.Domain;

namespace Subot.Bot.Reports;

/// <summary>A report as it would read now.</summary>
internal sealed class ReportPreview(ReportWriter writer, TimeProvider time)
{
    /// <summary>The text of the report that ends now.</summary>
    public async Task<string> TextAsync(ChannelId channel, ReportJob job, CancellationToken ct) =>
        (await writer.WriteAsync(channel, job, Ts.From(time.GetUtcNow()), ct)).Text;
}
