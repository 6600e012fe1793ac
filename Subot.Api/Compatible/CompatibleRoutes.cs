using System.Net;

namespace Subot.Api.Compatible;

/// <summary>
/// The routes of the first Subot, whose frontend runs unchanged on them. docs/api.md says where they answer better than they did; those
/// that its replier called are not among them.
/// </summary>
internal static class CompatibleRoutes
{
    private static readonly HashSet<string> s_redirected = ["/v1/analytics/", "/v1/answers/", "/v1/labels/", "/v1/team/", "/v1/tools/"];

    public static void AddCompatible(this IServiceCollection services)
    {
        services.AddSingleton<CompatibleSettings>();
        services.AddSingleton<MessageCorrections>();
        services.AddSingleton<Analytics>();
    }

    public static void MapCompatible(this WebApplication app)
    {
        app.MapAnalytics();
        app.MapTags("tools", TagKind.Tool);
        app.MapTags("labels", TagKind.Label);
        app.MapAnswers();
        app.MapTeam();
        app.MapMessages();
    }

    /// <summary>Sends whoever asks with a slash too many to the right address. Before routing, which would overlook the slash.</summary>
    public static void UseSlashRedirects(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !s_redirected.Contains(context.Request.Path.Value ?? ""))
        {
            await next(context);
            return;
        }

        var place = context.Request.Path.Value!.TrimEnd('/') + context.Request.QueryString.ToUriComponent();
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = place;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync($"<a href=\"{WebUtility.HtmlEncode(place)}\">Moved Permanently</a>.\n\n", context.RequestAborted);
    });
}
