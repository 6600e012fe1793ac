using System.Text.Json;
using Subot.Api.Access;

namespace Subot.Api.Compatible;

/// <summary>How the first Subot told what went wrong: its frontend shows <c>error</c>, and nothing of a problem+json.</summary>
internal static class CompatibleErrors
{
    /// <summary>Whether a request is one of the first Subot's.</summary>
    public static bool IsFor(HttpContext context) => context.Request.Path.StartsWithSegments("/v1");

    /// <summary>Answers an error in its place.</summary>
    public static Task WriteAsync(HttpContext context, int status, IReadOnlyList<string> problems)
    {
        // It knew no other routes, and no other methods of them.
        if (status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed && problems.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync("404 page not found", context.RequestAborted);
        }

        var text = status == StatusCodes.Status403Forbidden && context.Features.Get<Visitor>() is { Role: < Role.Admin } ? "user needs to be admin to access this service" : string.Join(' ', problems.DefaultIfEmpty($"refused with status {status}"));
        context.Response.StatusCode = status;
        context.Response.ContentType = status == StatusCodes.Status400BadRequest ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { error = text }), context.RequestAborted);
    }
}
