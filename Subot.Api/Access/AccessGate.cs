using Microsoft.AspNetCore.Http.Features;
using Subot.Api.Answers;

namespace Subot.Api.Access;

/// <summary>Lets through who may use a route; what the table does not name, nobody may.</summary>
internal static class AccessGate
{
    public static void UseAccessGate(this WebApplication app, Role withoutSignIn) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        var visitor = Visitor.Of(context.User, withoutSignIn);
        context.Features.Set(visitor);
        if (AccessTable.Find(MethodOf(context, endpoint), endpoint.RoutePattern.RawText ?? "") is not { } row)
            throw new RefusedException(StatusCodes.Status403Forbidden, "This route is closed.");
        if (visitor.Role >= row.Role)
            await next(context);
        else if (visitor.Role == Role.Anyone)
            throw new RefusedException(StatusCodes.Status401Unauthorized, "Sign in first.");
        else
            throw new RefusedException(StatusCodes.Status403Forbidden, $"This is for {Plural(row.Role)}, and you are {Singular(visitor.Role)}. Ask somebody who is to do it, or to put you into the group.");
    });

    /// <summary>Who asks.</summary>
    public static Visitor WhoAsks(this HttpContext context) => context.Features.GetRequiredFeature<Visitor>();

    /// <summary>Makes sure that an admin asks, where the route alone does not tell.</summary>
    public static void RequireAdmin(this HttpContext context, string what)
    {
        if (context.WhoAsks().Role < Role.Admin)
            throw new RefusedException(StatusCodes.Status403Forbidden, $"{what} is for admins.");
    }

    private static string MethodOf(HttpContext context, RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods && !methods.Contains(context.Request.Method) ? methods[0] : context.Request.Method;

    /// <summary>Those who have a role.</summary>
    public static string Plural(Role role) => role.ToString().ToLowerInvariant() + "s";

    private static string Singular(Role role) => role == Role.Viewer ? "a viewer" : "an " + role.ToString().ToLowerInvariant();
}
