namespace Companion.Community.Timeline;

/// <summary>Keeps sealing what is appended; replicas take turns.</summary>
internal sealed class SealTimeline(TimelineChain chain, TimeProvider clock, ILogger<SealTimeline> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(10), clock, logger)
{
    public override Task RunOnceAsync(CancellationToken cancellationToken) => chain.SealAsync(cancellationToken);
}
