namespace Companion.Foundation.Web;

/// <summary>Deletes stored answers that nobody may ask for any more.</summary>
internal sealed class IdempotencyPurge(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<IdempotencyPurge> logger)
    : PeriodicWorker(TimeSpan.FromHours(1), clock, logger)
{
    private readonly TimeProvider _clock = clock;

    public override Task<int> RunOnceAsync(CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        "delete from companion.idempotency where created_at < @before",
        [Param.Time("before", _clock.GetUtcNow() - Idempotency.Keep)],
        cancellationToken);
}
