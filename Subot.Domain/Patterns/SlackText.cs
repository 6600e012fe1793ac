namespace Subot.Domain.Patterns;

/// <summary>Slack's form of a text.</summary>
internal static class SlackText
{
    /// <summary>The text as people see it: Slack escapes these three characters and no others.</summary>
    public static string Decode(string text) => text.Contains('&', StringComparison.Ordinal)
        ? text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
        : text;
}
