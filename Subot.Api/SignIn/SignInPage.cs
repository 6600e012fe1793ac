using System.Net;
using System.Text;
using Subot.Api.Answers;

namespace Subot.Api.SignIn;

/// <summary>The page with the form, which also says why somebody is not in. It needs no script and loads nothing.</summary>
internal sealed class SignInPage(ReturnAddress addresses, SignInOptions options)
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;margin:12vh auto;max-width:20rem;padding:0 1rem;color:#1d2433;background:#fff}
        h1{font-size:1.4rem}label{display:block;margin-top:1rem}
        input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border:1px solid #7a8294;border-radius:4px}
        button{font:inherit;margin:1.5rem 0;padding:.5rem 1.5rem;border:0;border-radius:4px;color:#fff;background:#2456c7}
        .why{padding:.5rem .75rem;border-left:4px solid #b3261e;background:#fbeceb}
        """;

    // Browsers hold also the redirect after the form to it.
    private readonly string _policy =
        $"default-src 'none'; style-src {SecurityHeaders.Allowing(Style)}; form-action 'self' {string.Join(' ', addresses.OwnOrigins)}; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Shows the form.</summary>
    /// <param name="why">Why they are not in, if they have tried.</param>
    public IResult Show(HttpContext context, string returnTo, string? why = null, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ContentSecurityPolicy = _policy;
        // With the policy of the other answers browsers would not say that the form is ours.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return Results.Content(Html(returnTo, why), "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    private string Html(string returnTo, string? why) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in to Subot</title><style>{Style}</style></head>
        <body>
        <h1>Sign in to Subot</h1>
        {(why is null ? "" : $"<p class=\"why\" role=\"alert\">{WebUtility.HtmlEncode(why)}</p>")}
        {(options.Ldap is null ? "" : Form(returnTo))}
        {(options.Issuer is null ? "" : $"<p><a href=\"login?with=issuer&amp;redirect_uri={Uri.EscapeDataString(returnTo)}\">{(options.Ldap is null ? "Try again" : "Sign in with single sign-on")}</a></p>")}
        </body>
        </html>
        """;

    private static string Form(string returnTo) => $"""
        <form method="post" action="login">
        <input type="hidden" name="redirect_uri" value="{WebUtility.HtmlEncode(returnTo)}">
        <label>Name <input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="{SignInName.Longest}" required autofocus></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <button>Sign in</button>
        </form>
        """;
}
