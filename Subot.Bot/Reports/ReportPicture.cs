using Subot.Domain;
using Subot.Slack;

namespace Subot.Bot.Reports;

/// <summary>
/// The picture of a report, as its post carries it: <c>{file}:{until when Slack may process it}:{what it shows, in words}</c>.
/// </summary>
internal sealed record ReportPicture(string File, Ts PatienceUntil, string AltText)
{
    public static ReportPicture Parse(string attachment)
    {
        var parts = attachment.Split(':', 3);
        return new ReportPicture(parts[0], Ts.Parse(parts[1]), parts[2]);
    }

    public ImageBlock Block => new() { SlackFile = new SlackFile(File), AltText = AltText };

    public override string ToString() => $"{File}:{PatienceUntil}:{AltText}";
}
