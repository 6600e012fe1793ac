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
        new("GET /v2/channels", Role.Viewer, "the channels, and until when they are recorded"),
        new("GET /v2/summary", Role.Viewer, "the numbers of a period"),
        new("GET /v2/series", Role.Viewer, "the numbers of each day, week or month of a period"),
        new("GET /v2/distribution/{duration}", Role.Viewer, "how long something took, in classes"),
        new("GET /v2/heatmap", Role.Viewer, "requests by hour of the week"),
        new("GET /v2/backlog", Role.Viewer, "how many requests were open, day by day"),
        new("GET /v2/breakdown/{dimension}", Role.Viewer, "the numbers by tool, label or answer; by person for admins"),
        new("GET /v1/analytics", Role.Viewer, "first Subot: the requests of a period, and what they add up to"),
        new("GET /v1/tools", Role.Viewer, "first Subot: the tools"),
        new("GET /v1/labels", Role.Viewer, "first Subot: the labels"),
        new("GET /v1/answers", Role.Viewer, "first Subot: the automatic answers"),
        new("GET /v1/team", Role.Viewer, "first Subot: the team"),
        new("POST /v1/admin/tools/new", Role.Admin, "first Subot: a new tool"),
        new("PUT /v1/admin/tools/{id}", Role.Admin, "first Subot: another name or expression of a tool"),
        new("DELETE /v1/admin/tools/{id}", Role.Admin, "first Subot: a tool less"),
        new("POST /v1/admin/labels/new", Role.Admin, "first Subot: a new label"),
        new("PUT /v1/admin/labels/{id}", Role.Admin, "first Subot: another name or expression of a label"),
        new("DELETE /v1/admin/labels/{id}", Role.Admin, "first Subot: a label less"),
        new("POST /v1/admin/answers/new", Role.Admin, "first Subot: a new automatic answer"),
        new("PUT /v1/admin/answers/{id}", Role.Admin, "first Subot: another text, tool or label of an answer"),
        new("DELETE /v1/admin/answers/{id}", Role.Admin, "first Subot: an answer less"),
        new("POST /v1/admin/team/new", Role.Admin, "first Subot: a new member of the team"),
        new("PUT /v1/admin/team/{id}", Role.Admin, "first Subot: somebody else in the place of a member"),
        new("DELETE /v1/admin/team/{id}", Role.Admin, "first Subot: a member less"),
        new("PUT /v1/admin/messages/{ts}", Role.Admin, "first Subot: corrects status, tools and labels of a request"),
        new("DELETE /v1/admin/messages/{ts}", Role.Admin, "first Subot: says that a message is no request"),
    ];

    private static readonly Dictionary<string, AccessRow> s_byRoute = Rows.ToDictionary(r => r.Route);

    /// <summary>The row of a route; null if it has none.</summary>
    public static AccessRow? Find(string method, string pattern) => s_byRoute.GetValueOrDefault($"{method} {pattern}");
}
