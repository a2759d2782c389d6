using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sandbox.Processes;

namespace Companion.IntegrationTests.Host;

public sealed class TelemetryTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spans_say_what_was_done_and_name_nobody()
    {
        await using var collector = await Collector.StartAsync();
        await using var host = await StartAsync($"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/probe/alice@example.org?token=secret-bob");
        request.Headers.Add("User-Agent", "agent-carol");
        (await host.ClientOf("anna").SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Anonymous.GetAsync("/health/ready", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Anonymous.GetAsync("/nowhere/dave@example.org", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        host.Services.GetRequiredService<TracerProvider>().ForceFlush().ShouldBeTrue();

        foreach (var known in (string[])["/probe/{who}", "http.response.status_code", "server.address", "db.query.text", "companion"])
        {
            collector.Received("/v1/traces").ShouldContain(known);
        }

        foreach (var hidden in (string[])
            ["alice", "bob", "carol", "dave", "erin", "fred", "eyJ", "url.path", "url.full", "url.query", "client.address", "network.peer.address", "user_agent"])
        {
            collector.Received("/v1/traces").ShouldNotContain(hidden);
        }
    }

    [Fact]
    public async Task Metrics_are_sent_where_the_environment_says()
    {
        await using var collector = await Collector.StartAsync();
        await using var host = await StartAsync($"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        await host.Anonymous.GetAsync("/health/ready", Cancel);

        host.Services.GetRequiredService<MeterProvider>().ForceFlush().ShouldBeTrue();

        foreach (var metric in (string[])["http.server.request.duration", "http.client.request.duration", "db.client.", "dotnet.", "outbox.oldest_due_age"])
        {
            collector.Received("/v1/metrics").ShouldContain(metric);
        }

        // Of the connection string.
        collector.Received("/v1/metrics").ShouldNotContain(new NpgsqlConnectionStringBuilder(host.ConnectionString).Database!);
    }

    [Fact]
    public async Task Prometheus_has_a_port_of_its_own_with_nothing_but_the_metrics()
    {
        var metrics = new Uri($"http://127.0.0.1:{Launch.FreePort()}");
        await using var host = await StartAsync($"--Telemetry:PrometheusUrl={metrics}");
        using var prometheus = new HttpClient { BaseAddress = metrics };
        await host.Anonymous.GetAsync("/health/live", Cancel);

        (await prometheus.GetStringAsync("/metrics", Cancel)).ShouldContain("http_server_request_duration_seconds_count{");
        (await prometheus.GetAsync("/health/live", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        stranger.Headers.Host = metrics.Authority;
        (await host.Anonymous.SendAsync(stranger, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_a_setting_nothing_is_collected()
    {
        await using var host = await StartAsync();

        host.Services.GetService<TracerProvider>().ShouldBeNull();
        host.Services.GetService<MeterProvider>().ShouldBeNull();
    }

    private Task<CompanionHost> StartAsync(params string[] arguments) => CompanionHost.StartAsync(postgres, settings =>
    {
        Array.ForEach(arguments, settings.Arguments.Add);
        settings.Endpoints = routes => routes.MapGet("/probe/{who}", async (string who, IHttpClientFactory clients, HttpContext context) =>
        {
            using var client = clients.CreateClient();
            using var answer = await client.GetAsync($"http://{context.Request.Host}/erin@example.org?address=fred@example.org", context.RequestAborted);
        });
    });

    /// <summary>Takes what is sent by OTLP.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _server;
        private readonly Dictionary<string, StringBuilder> _received = [];

        private Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            _server = builder.Build();
            _server.Urls.Add("http://127.0.0.1:0");
            _server.MapPost("{**path}", async (HttpContext context) =>
            {
                using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
                var body = await reader.ReadToEndAsync(context.RequestAborted);
                lock (_received)
                {
                    _received.TryAdd(context.Request.Path, new StringBuilder());
                    _received[context.Request.Path].Append(body);
                }
            });
        }

        public string Address => _server.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var collector = new Collector();
            await collector._server.StartAsync();
            return collector;
        }

        public string Received(string path)
        {
            lock (_received)
            {
                return _received.TryGetValue(path, out var text) ? text.ToString() : "";
            }
        }

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
