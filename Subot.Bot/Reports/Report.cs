using Subot.Bot.Words;

namespace Subot.Bot.Reports;

/// <summary>A report as it reads now.</summary>
/// <param name="Text">In Slack's markup.</param>
internal sealed record Report(ReportJob Job, ReportNumbers Numbers, Wording Words, string Text);
