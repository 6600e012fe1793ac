namespace Subot.Slack;

/// <summary>
/// Slack's markup: exactly <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are escaped, and links and mentions stand in angle brackets.
/// </summary>
public static class SlackText
{
    /// <summary>Makes text of people safe within markup.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>The text that was escaped.</summary>
    public static string Unescape(string markup) => markup.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");

    /// <summary>Mentions a person, who is notified.</summary>
    public static string User(string id) => $"<@{id}>";

    /// <summary>Links to a channel.</summary>
    public static string Channel(string id) => $"<#{id}>";

    /// <summary>Mentions a user group, whose members are notified.</summary>
    public static string UserGroup(string id) => $"<!subteam^{id}>";

    /// <summary>A link; in its label <c>|</c> and <c>&gt;</c> have no escape that Slack shows well.</summary>
    public static string Link(Uri address, string label) => $"<{address.AbsoluteUri}|{Escape(label).Replace('|', '¦')}>";

    /// <summary>Cuts text to a length in characters, never within a surrogate pair; an ellipsis shows it.</summary>
    public static string Truncate(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + "…";
    }
}
