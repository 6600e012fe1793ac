using System.Net.Mime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Subot.Api.Answers;

namespace Subot.Api.SignIn;

/// <summary>
/// Signing in and out. The issuer's answer at /auth/callback is read before it comes here, see <see cref="IssuerSetup"/>.
/// </summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/auth/login", LoginAsync);
        app.MapPost("/auth/login", PasswordAsync);
        app.MapGet("/auth/callback", IResult () => throw RefusedException.Missing("No issuer is configured."));
        app.MapGet("/auth/userinfo", UserInfo);
        app.MapGet("/auth/logout", LogoutAsync);
        app.MapPost("/auth/logout", LogoutAsync);
    }

    private static async Task<IResult> LoginAsync(
        [FromQuery(Name = "redirect_uri")] string? asked,
        [FromQuery(Name = "with")] string? way,
        HttpContext context,
        SignInOptions options,
        ReturnAddress addresses,
        SignInPage page,
        SignInLog log)
    {
        var returnTo = addresses.Of(asked);
        if (context.User.Identity is { IsAuthenticated: true })
            return Results.Redirect(returnTo);
        if (options.Ldap is not null && !(way == "issuer" && options.Issuer is not null))
            return page.Show(context, returnTo);
        if (options.Issuer is null)
            throw RefusedException.Missing("Nobody can sign in here: no directory and no issuer is configured. docs/api.md says how.");
        try
        {
            await context.ChallengeAsync(IssuerSetup.Scheme, new AuthenticationProperties { RedirectUri = returnTo });
            return Results.Empty;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or OpenIdConnectProtocolException)
        {
            log.IssuerFailed(e);
            return page.Show(context, returnTo, "The single sign-on does not answer. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> PasswordAsync(
        HttpContext context, PasswordSignIn passwords, OriginGuard guard, ReturnAddress addresses, SignInPage page, CancellationToken ct)
    {
        if (!passwords.IsOn)
            throw new RefusedException(StatusCodes.Status405MethodNotAllowed, "Nobody signs in with a password here.");
        // Also without a session: else a page of others could sign somebody in as somebody else.
        guard.Require(context.Request);
        if (!context.Request.HasFormContentType)
            throw new RefusedException(StatusCodes.Status415UnsupportedMediaType, "Send the form's fields: name, password and redirect_uri.");
        var form = await ReadAsync(context.Request, ct);
        var returnTo = addresses.Of(form["redirect_uri"]);
        var outcome = await passwords.TryAsync(context, form["name"].ToString(), form["password"].ToString(), ct);
        if (outcome.Problem is not null)
            return page.Show(context, returnTo, outcome.Problem, outcome.Status);
        context.Response.Headers.Location = returnTo;
        // Not the other redirects: they would send the password along.
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw RefusedException.Bad("The form cannot be read.");
        }
    }

    /// <summary>Who is signed in; the first Subot's front takes any body for somebody, so there is none if nobody is.</summary>
    private static IResult UserInfo(HttpContext context)
    {
        if (context.User.Identity is { IsAuthenticated: true })
            return Results.Json(Session.InfoOf(context.User));
        WithoutBody(context);
        return Results.StatusCode(StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> LogoutAsync(HttpContext context, SignInOptions options, EndedSessions ended, SignInLog log)
    {
        if (options.IsOn)
        {
            if (context.User.Identity is { IsAuthenticated: true, AuthenticationType: Session.Scheme })
            {
                ended.Add(context.User);
                log.SignedOut(Session.InfoOf(context.User).UserId);
            }

            await context.SignOutAsync(Session.Scheme);
        }

        WithoutBody(context);
        return Results.Text("", MediaTypeNames.Text.Plain);
    }

    private static void WithoutBody(HttpContext context)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
    }
}
