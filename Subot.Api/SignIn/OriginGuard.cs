using Subot.Api.Answers;

namespace Subot.Api.SignIn;

/// <summary>
/// Keeps pages of others from acting with somebody's session: what changes something has to come from a page of our own. Browsers say where
/// a request comes from and let no page change that.
/// </summary>
internal sealed class OriginGuard(ReturnAddress addresses)
{
    /// <summary>Refuses a request that a page of others may have sent.</summary>
    /// <exception cref="RefusedException">It comes from elsewhere, or does not say from where.</exception>
    public void Require(HttpRequest request)
    {
        var from = request.Headers.Origin.Count > 0 ? request.Headers.Origin.ToString() : request.Headers.Referer.ToString();
        if (!Uri.TryCreate(from, UriKind.Absolute, out var page) || !addresses.IsOwn(page))
            throw new RefusedException(StatusCodes.Status403Forbidden, $"With a session, only pages of {string.Join(" and ", addresses.OwnOrigins)} may do this, and the request has to say in Origin that it comes from there. Programs use a bearer token.");
    }

    /// <summary>
    /// Whether a page may have sent a request: browsers say where one comes from when it may change something, other programs mostly do
    /// not.
    /// </summary>
    public static bool IsOfPage(HttpRequest request) =>
        request.Headers.Origin.Count > 0 || request.Headers.Referer.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");

    /// <summary>Whether a request may change something.</summary>
    public static bool IsUnsafe(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method));
}
