using Microsoft.AspNetCore.Http;

namespace Subot.Tests.Slack;

/// <summary>Slack's answer to calls that come too often.</summary>
internal sealed class TooManyRequests(int retryAfterSeconds) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        httpContext.Response.Headers.RetryAfter = retryAfterSeconds.ToString();
        return httpContext.Response.WriteAsync("""{"ok":false,"error":"ratelimited"}""");
    }
}
