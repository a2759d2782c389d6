namespace Companion.Host;

/// <summary>Configuration section Telemetry.</summary>
internal sealed class TelemetryOptions
{
    public const string SectionName = "Telemetry";

    /// <summary>Where Prometheus may fetch the metrics, e.g. http://127.0.0.1:9464; their path is /metrics. None: nowhere.</summary>
    public string? PrometheusUrl { get; set; }

    internal static bool IsListener(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttp
        && uri is { IsDefaultPort: false, PathAndQuery: "/", Fragment: "", UserInfo: "" }
        && uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
