namespace Subot.Api.Access;

/// <summary>A route and who may use it.</summary>
/// <param name="Route">Method and pattern, as they are mapped.</param>
/// <param name="What">What it is for, in a few words.</param>
internal sealed record AccessRow(string Route, Role Role, string What);

/// <summary>
/// Who may do what: the one table, which the gate reads and docs/api.md shows. A route that is not in it is closed to everybody.
/// </summary>
internal static class AccessTable
{
    public static IReadOnlyList<AccessRow> Rows { get; } =
    [
        new("GET /ping", Role.Anyone, "whether the API answers"),
        new("GET /health/live", Role.Anyone, "whether the process runs"),
        new("GET /health/ready", Role.Anyone, "whether the store answers"),
        new("GET /auth/login", Role.Anyone, "the form, or the way to the issuer"),
        new("POST /auth/login", Role.Anyone, "signs in with a password"),
        new("GET /auth/callback", Role.Anyone, "the issuer's answer"),
        new("GET /auth/userinfo", Role.Anyone, "who is signed in"),
        new("GET /auth/logout", Role.Anyone, "signs out"),
        new("POST /auth/logout", Role.Anyone, "signs out"),
        new("GET /v2/channels", Role.Viewer, "the channels, and until when they are recorded"),
        new("GET /v2/summary", Role.Viewer, "the numbers of a period"),
        new("GET /v2/series", Role.Viewer, "the numbers of each day, week or month of a period"),
        new("GET /v2/distribution/{duration}", Role.Viewer, "how long something took, in classes"),
        new("GET /v2/heatmap", Role.Viewer, "requests by hour of the week"),
        new("GET /v2/backlog", Role.Viewer, "how many requests were open, day by day"),
        new("GET /v2/breakdown/{dimension}", Role.Viewer, "the numbers by tool, label or answer; by person for admins"),
    ];

    private static readonly Dictionary<string, AccessRow> s_byRoute = Rows.ToDictionary(r => r.Route);

    /// <summary>The row of a route; null if it has none.</summary>
    public static AccessRow? Find(string method, string pattern) => s_byRoute.GetValueOrDefault($"{method} {pattern}");
}
