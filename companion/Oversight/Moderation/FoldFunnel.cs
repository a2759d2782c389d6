namespace Companion.Oversight.Moderation;

/// <summary>Puts together what the funnel has counted one by one.</summary>
internal sealed class FoldFunnel(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<FoldFunnel> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    public override Task RunOnceAsync(CancellationToken cancellationToken) =>
        dataSource.ExecuteAsync("select companion.fold_funnel()", [], cancellationToken);
}
