using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Subot.Api.Answers;
using Subot.Api.Compatible;

namespace Subot.Api.Asking;

/// <summary>Says what is wrong with a body that a route could not read, by the form that it is to have.</summary>
internal static class BodyCheck
{
    /// <param name="app">The application.</param>
    /// <param name="mostBytes">How long a body may be: all of it is kept in memory, so that words do not get onto a disk.</param>
    public static void UseBodyCheck(this WebApplication app, int mostBytes)
    {
        var options = app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        app.Use(async (context, next) =>
        {
            if (CompatibleErrors.IsFor(context) || context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } form })
            {
                await next(context);
                return;
            }

            if (context.Request.GetTypedHeaders().ContentType is { Charset.HasValue: true } type)
            {
                if (type.Charset.Value!.Trim('"') is { Length: > 0 } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                    throw NotJson($"Send JSON in UTF-8; {Quoted.Of(charset)} is not read.");
                // With the quotes that it may have the reader does not know it.
                context.Request.ContentType = type.MediaType.Value;
            }

            context.Request.EnableBuffering(mostBytes);
            try
            {
                await next(context);
            }
            catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status415UnsupportedMediaType)
            {
                throw NotJson(SendJson);
            }
            catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status400BadRequest && e.InnerException is null or JsonException)
            {
                context.Request.Body.Position = 0;
                throw RefusedException.Bad(await BodyForm.ProblemsAsync(context.Request.Body, options.GetTypeInfo(form), context.RequestAborted));
            }
        });
    }

    /// <summary>What is said of a body of another type.</summary>
    public static string SendJson => "Send JSON, with Content-Type: application/json.";

    private static RefusedException NotJson(string problem) => new(StatusCodes.Status415UnsupportedMediaType, problem);
}
