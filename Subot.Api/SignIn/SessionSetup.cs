using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Subot.Api.Answers;
using Subot.Api.SignIn.Ldap;
using Subot.Hosting;

namespace Subot.Api.SignIn;

/// <summary>Puts the sign-in together: sessions in cookies, the issuer, the directory.</summary>
internal static class SessionSetup
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void AddSignIn(this IServiceCollection services, ApiOptions api)
    {
        var options = api.SignIn;
        services.AddSingleton(options);
        services.AddSingleton<ReturnAddress>();
        services.AddSingleton<OriginGuard>();
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SignInLog>();
        services.AddSingleton<SignInPage>();
        services.AddSingleton<PasswordSignIn>();
        services.Configure<ForwardedHeadersOptions>(forwarded => Configure(forwarded, options));
        if (!options.IsOn)
            return;
        if (options.Ldap is not null)
            LdapLibrary.Require();
        // Keys change every ninety days, and old ones are kept to read what they wrote: the library sees to it.
        services.AddDataProtection().SetApplicationName("subot-api").PersistKeysToFileSystem(FolderOf(options));
        // The folder is its owner's alone; that keys are not encrypted in it needs no warning at each start.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        var authentication = services.AddAuthentication().AddCookie(Session.Scheme, cookie => Configure(cookie, api.PublicUrl));
        if (options.Issuer is not { } issuer)
            return;
        authentication.AddIssuer(issuer, api);
        authentication.AddBearer(issuer);
    }

    /// <summary>Finds out who asks: by a bearer token if one is sent, else by the session.</summary>
    public static void UseSignIn(this WebApplication app, SignInOptions options)
    {
        if (!options.IsOn)
            return;
        app.UseAuthentication();
        app.Use(async (context, next) =>
        {
            if (context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            {
                await ByTokenAsync(context, options);
            }
            else if ((await context.AuthenticateAsync(Session.Scheme)).Principal is { } user)
            {
                if (OriginGuard.IsUnsafe(context.Request))
                    context.RequestServices.GetRequiredService<OriginGuard>().Require(context.Request);
                context.User = user;
            }

            await next(context);
        });
    }

    /// <summary>Whether cookies are for https alone.</summary>
    public static CookieSecurePolicy SecureAt(Uri publicUrl) =>
        publicUrl.Scheme == "https" ? CookieSecurePolicy.Always : CookieSecurePolicy.None;

    /// <summary>The name of the cookie. Where they can, browsers take it only from the host itself, not from its neighbours.</summary>
    public static string CookieName(Uri publicUrl) =>
        publicUrl is { Scheme: "https", AbsolutePath: "/" } ? "__Host-subot" : "subot_session";

    private static void Configure(CookieAuthenticationOptions options, Uri publicUrl)
    {
        options.Cookie.Name = CookieName(publicUrl);
        options.Cookie.Path = publicUrl.AbsolutePath;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = SecureAt(publicUrl);
        options.ExpireTimeSpan = Session.Longest;
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = validate =>
        {
            if (validate.HttpContext.RequestServices.GetRequiredService<EndedSessions>().Contains(validate.Principal!))
                validate.RejectPrincipal();
            return Task.CompletedTask;
        };
    }

    private static async Task ByTokenAsync(HttpContext context, SignInOptions options)
    {
        var result = options.Issuer is null ? AuthenticateResult.Fail("No issuer is configured.") : await context.AuthenticateAsync(Session.BearerScheme);
        if (result.Principal is { } user)
        {
            context.User = user;
            return;
        }

        context.RequestServices.GetRequiredService<SignInLog>().BadToken(context.Connection.RemoteIpAddress, result.Failure?.GetType().Name ?? "");
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return Task.CompletedTask;
        });
        throw new RefusedException(StatusCodes.Status401Unauthorized, "The bearer token is not accepted: it has to be one of the issuer's for this API, of somebody in a group that may use it, and not older than it says.");
    }

    private static DirectoryInfo FolderOf(SignInOptions options)
    {
        try
        {
            var folder = Directory.CreateDirectory(options.KeysFolder);
            if (!OperatingSystem.IsWindows())
                folder.UnixFileMode = OnlyOwner;
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The folder of the session keys, {options.KeysFolder}, cannot be used: {e.Message} Name a data folder with SUBOT_DATA that the API may write.", e);
        }
    }

    private static void Configure(ForwardedHeadersOptions forwarded, SignInOptions options)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.Proxies)
            forwarded.KnownIPNetworks.Add(proxy);
    }
}
