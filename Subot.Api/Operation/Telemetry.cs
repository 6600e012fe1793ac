using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Subot.Api.Operation;

/// <summary>
/// Counters for Prometheus at /metrics, and traces for whoever OTEL_EXPORTER_OTLP_ENDPOINT names. Labels are routes, methods and statuses: nothing of
/// a question or an answer.
/// </summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services)
    {
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter());
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 })
            telemetry.WithTracing(traces => traces.AddSource("Microsoft.AspNetCore").AddOtlpExporter());
    }

    public static void MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new HttpMethodMetadata(["GET"]));
}
