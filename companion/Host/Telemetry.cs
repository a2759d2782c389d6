using System.Reflection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Companion.Host;

/// <summary>
/// Traces and metrics go by OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says, and Prometheus may fetch the metrics where Telemetry:PrometheusUrl
/// says. Without either nothing is collected.
/// </summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<TelemetryOptions>(TelemetryOptions.SectionName, settings => settings.Validate(
            options => string.IsNullOrEmpty(options.PrometheusUrl) || TelemetryOptions.IsListener(options.PrometheusUrl),
            "Telemetry:PrometheusUrl must be http, an address of this machine and a port, e.g. http://127.0.0.1:9464."));
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Services.AddOpenTelemetry().ConfigureResource(Describe)
                .WithTracing(traces => Observe(traces).AddOtlpExporter())
                .WithMetrics(metrics => Observe(metrics).AddOtlpExporter());
        }

        if (builder.Configuration[$"{TelemetryOptions.SectionName}:{nameof(TelemetryOptions.PrometheusUrl)}"] is { Length: > 0 })
        {
            builder.Services.AddOpenTelemetry().ConfigureResource(Describe).WithMetrics(metrics => Observe(metrics).AddPrometheusExporter());
            builder.Services.AddHostedService<PrometheusEndpoint>();
        }
    }

    private static void Describe(ResourceBuilder resource) =>
        resource.AddService("companion", serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString()).AddEnvironmentVariableDetector();

    private static TracerProviderBuilder Observe(TracerProviderBuilder traces) =>
        traces.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddNpgsql().AddProcessor<SpanTags>();

    private static MeterProviderBuilder Observe(MeterProviderBuilder metrics) =>
        metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddNpgsqlInstrumentation()
            .AddMeter("Companion.*", "Microsoft.AspNetCore.Authentication");
}
