using Subot.Bot.Apply;
using Subot.Bot.Reports;
using Subot.Bot.Words;
using Subot.Domain;
using Subot.Slack;

namespace Subot.Bot.Slash;

/// <summary>Shows a report before its time.</summary>
internal sealed class ReportAnswer(WorkspaceIdentity self, ReportPreview preview)
{
    private static readonly string[] s_kinds = ["week", "month"];

    public async Task<string> AnswerAsync(SlashQuestion question, CancellationToken ct)
    {
        if (question.Arguments is [var word, ..] && !s_kinds.Contains(word.ToLowerInvariant()))
            return question.Say(TextId.ReportUnknown, ("word", SlackText.Escape(word)), ("hint", SlashHint.Of(question, word, s_kinds)));
        var channel = self.Watches(question.Channel) ? new ChannelId(question.Channel) : self.Channels[0];
        var monthly = question.Arguments is [var kind, ..] && kind.Equals("month", StringComparison.OrdinalIgnoreCase);
        return await preview.TextAsync(channel, monthly ? ReportJob.Monthly : ReportJob.Weekly, ct);
    }
}
