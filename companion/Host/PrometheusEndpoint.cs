using OpenTelemetry.Metrics;

namespace Companion.Host;

/// <summary>The metrics, and nothing else, at an address of their own: whoever reaches the service does not reach them by any path or header.</summary>
internal sealed class PrometheusEndpoint(IOptions<TelemetryOptions> options, MeterProvider metrics) : IHostedService, IAsyncDisposable
{
    private const string Path = "/metrics";

    private readonly WebApplication _server = Build(options.Value.PrometheusUrl!, metrics);

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static WebApplication Build(string url, MeterProvider metrics)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(url);
        var server = builder.Build();
        server.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, predicate: null, Path, configureBranchedPipeline: null, optionsName: null);
        return server;
    }
}
