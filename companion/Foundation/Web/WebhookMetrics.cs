using System.Diagnostics.Metrics;

namespace Companion.Foundation.Web;

/// <summary>Meter Companion.Webhooks: webhook.rejected{reason} of those received, webhook.sent{endpoint,code} of those sent.</summary>
internal sealed class WebhookMetrics
{
    public const string MeterName = "Companion.Webhooks";

    private readonly Counter<long> _rejected;

    private readonly Counter<long> _sent;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _rejected = meter.CreateCounter<long>("webhook.rejected");
        _sent = meter.CreateCounter<long>("webhook.sent");
    }

    public void Rejected(WebhookRejection rejection) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", rejection.Reason));

    /// <param name="code">http_ and the status, or why there was no answer.</param>
    public void Sent(string endpoint, string code) => _sent.Add(
        1, new KeyValuePair<string, object?>("endpoint", endpoint), new KeyValuePair<string, object?>("code", code));
}
