using System.Diagnostics.Metrics;

namespace Companion.Hosting;

/// <summary>Meter Companion.Webhooks: webhook.rejected{reason}.</summary>
internal sealed class WebhookMetrics
{
    public const string MeterName = "Companion.Webhooks";

    private readonly Counter<long> _rejected;

    public WebhookMetrics(IMeterFactory meters) => _rejected = meters.Create(MeterName).CreateCounter<long>("webhook.rejected");

    public void Rejected(WebhookRejection rejection) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", rejection.Reason));
}
