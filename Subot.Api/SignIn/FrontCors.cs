namespace Subot.Api.SignIn;

/// <summary>Lets pages of the front, and of nobody else, read answers.</summary>
internal static class FrontCors
{
    public static void AddFrontCors(this IServiceCollection services, Uri? front)
    {
        if (front is null)
            return;
        var origin = ReturnAddress.OriginOf(front);
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            // Asked as a question, so that answers say that they depend on the origin.
            .SetIsOriginAllowed(o => o == origin)
            .AllowCredentials()
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders("Origin", "Authorization", "Content-Type", "Accept", "If-Match", "If-None-Match", "Last-Event-ID", "Cache-Control")
            .WithExposedHeaders("Content-Length", "Content-Disposition", "ETag", "Location", "Retry-After")
            .SetPreflightMaxAge(TimeSpan.FromHours(12))));
    }

    /// <summary>First of all, so that refusals can be read too.</summary>
    public static void UseFrontCors(this WebApplication app, Uri? front)
    {
        if (front is not null)
            app.UseCors();
    }
}
