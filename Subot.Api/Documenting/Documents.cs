using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Subot.Api.SignIn;

namespace Subot.Api.Documenting;

/// <summary>The API as an OpenAPI document, and as a page to browse it.</summary>
internal static class Documents
{
    private const string PagePolicy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

    public static void AddDocuments(this IServiceCollection services, ApiOptions api) => services.AddOpenApi("v2", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("v2/", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Subot";
            document.Info.Version = "2";
            document.Info.Description = "Numbers and requests of a support channel. Times are ISO 8601, durations whole seconds; what is refused is problem+json.";
            // Where it is asked is where it is: a document with the address of one machine would differ on the next.
            document.Servers?.Clear();
            document.AddComponent(Session.Scheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SessionSetup.CookieName(api.PublicUrl),
                Description = "The session of somebody who signed in at /auth/login. What changes something has to come from a page of the API's own.",
            });
            document.AddComponent(Session.BearerScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token of the issuer's, for programs.",
            });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, ct) => Operations.DescribeAsync(operation, context, api, ct));
        options.AddSchemaTransformer(Schemas.DescribeAsync);
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
