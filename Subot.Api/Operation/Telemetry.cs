using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Subot.Api.Operation;

/// <summary>
/// Counters for Prometheus at /metrics, and traces for whoever OTEL_EXPORTER_OTLP_ENDPOINT names. Labels are routes, methods and statuses:
/// nothing of a question or an answer.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public static void AddTelemetry(this IServiceCollection services)
    {
        // Else spans have the path, which names threads.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", true);
        // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last: it wins.
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("subot-api").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddPrometheusExporter());
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 })
            telemetry.WithTracing(traces => traces.AddSource("Microsoft.AspNetCore").AddOtlpExporter());
    }

    /// <summary>
    /// Says of each span what was asked for and what came of it: ASP.NET Core leaves that open, and so no path or query gets in.
    /// </summary>
    public static void UseTraces(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
                Describe(span, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, context.Response.StatusCode);
        }
    });

    public static void MapMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new HttpMethodMetadata(["GET"]));

    private static void Describe(Activity span, string asked, string? route, int status)
    {
        // Callers may invent any number of others.
        var method = s_methods.Contains(asked) ? asked : "_OTHER";
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
