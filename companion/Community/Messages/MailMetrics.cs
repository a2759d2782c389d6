using System.Diagnostics.Metrics;

namespace Companion.Community.Messages;

/// <summary>Meter Companion.Delivery: mail.outcomes{outcome}.</summary>
internal sealed class MailMetrics(IMeterFactory meters)
{
    public const string MeterName = "Companion.Delivery";

    private readonly Counter<long> _outcomes = meters.Create(MeterName).CreateCounter<long>("mail.outcomes");

    public void Concluded(MailOutcome outcome) => _outcomes.Add(1, new KeyValuePair<string, object?>("outcome", outcome.GetType().Name));
}
