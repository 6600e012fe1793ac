using Subot.Slack;

namespace Subot.Bot.Sending;

/// <summary>Long words as blocks, which Slack limits in length.</summary>
internal static class Sections
{
    private const int Most = 3000;

    /// <summary>The text as sections, cut at the ends of lines where there are any.</summary>
    public static IEnumerable<Block> Of(string text)
    {
        while (text.Length > Most)
        {
            var end = text.LastIndexOf('\n', Most - 1) is var line and > 0 ? line : Most;
            yield return new SectionBlock { Text = new Mrkdwn(text[..end]) };
            text = text[end..].TrimStart('\n');
        }

        if (text.Length > 0)
            yield return new SectionBlock { Text = new Mrkdwn(text) };
    }
}
