using Scalar.AspNetCore;
using Subot.Api.Access;

namespace Subot.Api.Documenting;

/// <summary>The API as an OpenAPI document, and as a page to browse it.</summary>
internal static class Documents
{
    private const string PagePolicy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

    public static void AddDocuments(this IServiceCollection services) => services.AddOpenApi("v2", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("v2/", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Subot";
            document.Info.Version = "2";
            document.Info.Description = "Numbers and requests of a support channel. Times are ISO 8601, durations whole seconds; what is refused is problem+json.";
            // Where it is asked is where it is: a document with the address of one machine would differ on the next.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (AccessTable.Find(context.Description.HttpMethod ?? "", "/" + context.Description.RelativePath) is { } row)
                (operation.Summary, operation.Description) = (char.ToUpperInvariant(row.What[0]) + row.What[1..], $"For {AccessGate.Plural(row.Role)}.");
            return Task.CompletedTask;
        });
    });

    public static void MapDocuments(this WebApplication app)
    {
        app.MapOpenApi();
        // Nothing from elsewhere, and nothing told there: the page's policy would refuse it anyway.
        app.MapScalarApiReference("/docs", page => page.WithTitle("Subot's API").WithOpenApiRoutePattern("/openapi/v2.json")
                .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools())
            .AddEndpointFilter(async (context, next) =>
            {
                context.HttpContext.Response.Headers.ContentSecurityPolicy = PagePolicy;
                return await next(context);
            });
    }
}
