using Subot.Api.Access;

namespace Subot.Api.SignIn;

/// <summary>
/// The demo's: whoever asks is an admin, of sample data on this machine. Pages of others still change nothing; curl and the like do.
/// </summary>
internal static class SampleAdmin
{
    private static readonly Person s_person = new("sample-admin", "sample-admin", "sample-admin", "Sample admin", "", ["support-admins"]);

    public static void UseSampleAdmin(this WebApplication app) => app.Use((context, next) =>
    {
        var services = context.RequestServices;
        if (OriginGuard.IsUnsafe(context.Request) && OriginGuard.IsOfPage(context.Request))
            services.GetRequiredService<OriginGuard>().Require(context.Request);
        context.User = Session.Begin(s_person, Role.Admin, services.GetRequiredService<TimeProvider>().GetUtcNow() + Session.Longest, "sample");
        return next(context);
    });
}
