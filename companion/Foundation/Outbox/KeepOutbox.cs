namespace Companion.Foundation.Outbox;

/// <summary>Measures how late the outbox is, and deletes what was done long ago.</summary>
internal sealed class KeepOutbox(
    OutboxTable table, OutboxMetrics metrics, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<KeepOutbox> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(10), clock, logger)
{
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock = clock;

    private DateTimeOffset _nextPurge = DateTimeOffset.MinValue;

    protected override bool IsEnabled => options.Value.Enabled;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        metrics.OldestDueAge = await table.OldestDueAgeAsync(now, cancellationToken);
        if (now >= _nextPurge)
        {
            await table.PurgeDoneAsync(now - options.Value.KeepDone, cancellationToken);
            _nextPurge = now + PurgeInterval;
        }
    }
}
