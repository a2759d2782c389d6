using System.Diagnostics.Metrics;

namespace Companion.Foundation.Outbox;

/// <summary>Meter Companion.Outbox: outbox.oldest_due_age (s), outbox.attempts{kind,outcome}.</summary>
internal sealed class OutboxMetrics
{
    public const string MeterName = "Companion.Outbox";

    private readonly Counter<long> _attempts;

    public OutboxMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _attempts = meter.CreateCounter<long>("outbox.attempts");
        meter.CreateObservableGauge("outbox.oldest_due_age", () => OldestDueAge.TotalSeconds, "s");
    }

    /// <summary>As this replica's worker saw it last.</summary>
    public TimeSpan OldestDueAge { get; set; }

    public void Attempted(string kind, OutboxResult result) => _attempts.Add(
        1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("outcome", result.GetType().Name));
}
