using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Subot.Api.Asking;
using Subot.Api.Compatible;
using Subot.Api.Contracts;
using Subot.Storage;

namespace Subot.Api.Answers;

/// <summary>Answers what went wrong, as problem+json; nothing of the inside is told.</summary>
internal static partial class Problems
{
    private const string TooLarge = "The body is too large: a megabyte is the most.";

    public static void UseProblems(this WebApplication app, ILogger log)
    {
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // Nobody waits for the answer any more.
            }
            catch (Exception e) when (!context.Response.HasStarted)
            {
                var (status, problems) = Of(e);
                // What is refused is nobody's failure, also where the first Subot said 500: it quotes what was sent.
                if (status >= StatusCodes.Status500InternalServerError && e is not RefusedException)
                    Tell(log, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", e);
                await WriteAsync(context, status, problems);
            }
        });
        // What has no body yet: no such route, a method that it has not, too large a request.
        app.UseStatusCodePages(status => WriteAsync(status.HttpContext, status.HttpContext.Response.StatusCode, Unanswered(status.HttpContext)));
    }

    /// <summary>Why there is no answer, where the status alone tells. The first Subot said nothing more.</summary>
    private static IReadOnlyList<string> Unanswered(HttpContext context) => context.Response.StatusCode switch
    {
        _ when CompatibleErrors.IsFor(context) => [],
        StatusCodes.Status404NotFound => ["There is no such route; /docs lists them."],
        StatusCodes.Status405MethodNotAllowed => [$"This route does not answer {Quoted.Short(context.Request.Method)}; it answers {context.Response.Headers.Allow}."],
        StatusCodes.Status413PayloadTooLarge => [TooLarge],
        StatusCodes.Status415UnsupportedMediaType => [BodyCheck.SendJson],
        _ => [],
    };

    private static (int Status, IReadOnlyList<string> Problems) Of(Exception e) => e switch
    {
        RefusedException refused => (refused.Status, refused.Problems),
        BadHttpRequestException bad => (bad.StatusCode, [bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : "The request cannot be read: look at its body and its parameters."]),
        StoreException => (StatusCodes.Status503ServiceUnavailable, ["The store does not answer. Try again in a moment; /health/ready says more."]),
        _ => (StatusCodes.Status500InternalServerError, ["Something went wrong inside. The log says what."]),
    };

    private static Task WriteAsync(HttpContext context, int status, IReadOnlyList<string> problems)
    {
        var methods = context.Response.Headers.Allow;
        context.Response.Clear();
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status405MethodNotAllowed)
            context.Response.Headers.Allow = methods;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (CompatibleErrors.IsFor(context))
            return CompatibleErrors.WriteAsync(context, status, problems);
        var title = ReasonPhrases.GetReasonPhrase(status);
        return context.Response.WriteAsJsonAsync(
            new Problem(title, status, problems.Count == 0 ? title : string.Join(' ', problems), problems), ApiJson.Options, "application/problem+json", context.RequestAborted);
    }

    private static void Tell(ILogger log, string method, string route, Exception failure)
    {
        // Of a store that does not answer the message says all there is to know, and each request tells of it.
        if (failure is StoreException)
            Log.NoStore(log, method, route, failure.Message);
        else
            Log.Failed(log, method, route, failure);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed: {Reason}")]
        public static partial void NoStore(ILogger log, string method, string route, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed")]
        public static partial void Failed(ILogger log, string method, string route, Exception e);
    }
}
