using System.Diagnostics.Metrics;

namespace Companion.Journey.Landing;

/// <summary>Meter Companion.Landing: landing.opens{state}. Scanners open links too, so this is no fact about a person.</summary>
internal sealed class LandingMetrics(IMeterFactory meters)
{
    public const string MeterName = "Companion.Landing";

    private readonly Counter<long> _opens = meters.Create(MeterName).CreateCounter<long>("landing.opens");

    public void Opened(LandingState state) => _opens.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));
}
