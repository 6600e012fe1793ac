using System.Security.Cryptography;
using System.Text;

namespace Subot.Api.Answers;

/// <summary>What every answer tells browsers: take it for what it says it is, frame it nowhere, keep it to yourself.</summary>
internal static class SecurityHeaders
{
    /// <summary>A policy's word for a style that stands in the page itself: this one, and no other.</summary>
    public static string Allowing(string style) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // When the answer begins: what went wrong in between has cleared what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            if (headers["Referrer-Policy"].Count == 0)
                headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-site";
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    });
}
