namespace Subot.Bot;

/// <summary>
/// What the app lacks scopes for. Without some of them the bot does not do its work, and Slack says nothing: events do not come, metadata
/// is not shown. Without others a part of it is off, and the rest goes on.
/// </summary>
/// <param name="Needed">Scopes without which the bot does not do its work.</param>
/// <param name="Off">What is off, each with the scope that it wants.</param>
internal sealed record Features(IReadOnlyList<string> Needed, IReadOnlyList<(string Feature, string Scope)> Off)
{
    private static readonly string[] s_always = ["commands", "reactions:read"];
    private static readonly string[] s_inPublic = ["channels:history", "channels:read"];
    private static readonly string[] s_inPrivate = ["groups:history", "groups:read"];

    // Metadata tells whether a post was made when its outcome is unclear.
    private static readonly string[] s_toPost = ["chat:write", "metadata.message:read"];

    private static readonly (string Feature, string Scope)[] s_optional =
    [
        ("entering public channels by itself", "channels:join"),
        ("the emoji on a request that an answer solved", "reactions:write"),
        ("names of people instead of mentions, and the rights of workspace admins", "users:read"),
        ("following user groups", "usergroups:read"),
        ("the user group of who is on call", "usergroups:write"),
        ("the picture in reports", "files:write"),
        ("reminders by direct message", "im:write"),
        ("looking up whether a direct message was sent", "im:history"),
    ];

    /// <summary>Everything is there.</summary>
    public static Features All { get; } = new([], []);

    /// <summary>Every scope that the bot can use.</summary>
    public static IReadOnlyList<string> Scopes { get; } =
        [.. new[] { s_always, s_inPublic, s_inPrivate, s_toPost }.SelectMany(s => s).Concat(s_optional.Select(o => o.Scope)).Order(StringComparer.Ordinal)];

    /// <summary>What is missing among the granted scopes; nothing where it is not known what is granted.</summary>
    public static Features Of(IReadOnlyCollection<string>? granted, bool watchesPublic, bool watchesPrivate, bool posts)
    {
        if (granted is null)
            return All;
        IEnumerable<string> needed =
            [.. s_always, .. watchesPublic ? s_inPublic : [], .. watchesPrivate ? s_inPrivate : [], .. posts ? s_toPost : []];
        return new Features([.. needed.Except(granted)], [.. s_optional.Where(o => !granted.Contains(o.Scope))]);
    }
}
