namespace Subot.Bot;

/// <summary>The scopes without which a part of the bot does not work, and Slack says nothing: the events do not come, the metadata is not shown.</summary>
internal static class NeededScopes
{
    private static readonly string[] s_always = ["commands", "reactions:read"];
    private static readonly string[] s_inPublic = ["channels:history", "channels:read"];
    private static readonly string[] s_inPrivate = ["groups:history", "groups:read"];

    // Metadata tells whether a reply was posted when its outcome is unclear.
    private static readonly string[] s_toReply = ["chat:write", "metadata.message:read"];

    /// <summary>The needed ones that are not among the granted ones; none where it is not known what is granted.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyCollection<string>? granted, bool watchesPublic, bool watchesPrivate, bool replies)
    {
        if (granted is null)
            return [];
        IEnumerable<string> needed =
            [.. s_always, .. watchesPublic ? s_inPublic : [], .. watchesPrivate ? s_inPrivate : [], .. replies ? s_toReply : []];
        return [.. needed.Except(granted)];
    }
}
