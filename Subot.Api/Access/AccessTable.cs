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
        new("GET /", Role.Anyone, "the way to /docs"),
        new("GET /ping", Role.Anyone, "whether the API answers"),
        new("GET /health/live", Role.Anyone, "whether the process runs"),
        new("GET /health/ready", Role.Anyone, "whether the store answers"),
        new("GET /metrics", Role.Anyone, "counters of the process, for Prometheus"),
        new("GET /openapi/{documentName}.json", Role.Anyone, "this API as an OpenAPI document"),
        new("GET /docs/{documentName?}", Role.Anyone, "the same as a page"),
        new("GET /docs/scalar.js", Role.Anyone, "a part of the page"),
        new("GET /docs/scalar.aspnetcore.js", Role.Anyone, "a part of the page"),
        new("GET /docs/favicon.svg", Role.Anyone, "a part of the page"),
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
        new("GET /v2/report.html", Role.Viewer, "the numbers of a period as one page that can be kept and sent"),
        new("GET /v2/explain/{number}", Role.Viewer, "the requests behind a number, and why each counts"),
        new("GET /v2/threads", Role.Viewer, "requests, page by page"),
        new("GET /v2/threads.csv", Role.Viewer, "requests as a table, any number of them"),
        new("GET /v2/threads.jsonl", Role.Viewer, "requests as lines of JSON, any number of them"),
        new("GET /v2/threads/{channel}/{ts}", Role.Viewer, "a thread and everything that happened to it"),
        new("POST /v2/threads/{channel}/{ts}/corrections", Role.Agent, "says that a thread is solved, open again, no request, ..."),
        new("GET /v2/events", Role.Viewer, "tells which channels' requests changed, as they do"),
        new("GET /v2/oncall", Role.Viewer, "who was and will be on call"),
        new("GET /v2/calendar", Role.Viewer, "when the team works"),
        new("GET /v2/settings", Role.Admin, "the settings"),
        new("PUT /v2/settings", Role.Admin, "other settings, from now on"),
        new("GET /v2/settings/log", Role.Admin, "who changed which settings, and when"),
        new("GET /v2/forgetting", Role.Admin, "what was asked to be forgotten, and what came of it"),
        new("POST /v2/forgetting", Role.Admin, "erases a person, or forgets old texts; with dry_run only tells what that would do"),
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
