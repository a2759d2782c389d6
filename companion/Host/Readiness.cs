using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Companion.Host;

/// <summary>Whether this replica can do its work: not whether mail or chat servers are up, which only delays work.</summary>
internal sealed class Readiness(
    NpgsqlDataSource dataSource, Migrator migrator, SigningKeys keys, IHostApplicationLifetime lifetime, TimeProvider clock) : IHealthCheck
{
    /// <summary>Anybody may ask, as often as they like: one look serves all who ask within this time.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>Of the result's data: the codes of what is wrong.</summary>
    public const string Problems = "problems";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();

    private Task<IReadOnlyList<string>>? _look;

    private DateTimeOffset _lookedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var problems = lifetime.ApplicationStopping.IsCancellationRequested ? ["stopping"] : await LookOnce().WaitAsync(cancellationToken);
        return problems.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(data: new Dictionary<string, object> { [Problems] = problems });
    }

    private Task<IReadOnlyList<string>> LookOnce()
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && clock.GetUtcNow() - _lookedAt >= Freshness))
            {
                (_look, _lookedAt) = (LookAsync(), clock.GetUtcNow());
            }

            return _look;
        }
    }

    private async Task<IReadOnlyList<string>> LookAsync() =>
        [.. (await Task.WhenAll(DatabaseProblemsAsync(), KeyProblemsAsync())).SelectMany(problems => problems)];

    private async Task<IReadOnlyList<string>> KeyProblemsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await keys.GetConfigurationAsync(patience.Token);
            return [];
        }
        catch (Exception exception) when (exception is IdentityProviderException or OperationCanceledException)
        {
            return ["signing_keys_missing"];
        }
    }

    private async Task<IReadOnlyList<string>> DatabaseProblemsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await DatabaseProblemsAsync(patience.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            return ["database_unavailable"];
        }
    }

    private async Task<IReadOnlyList<string>> DatabaseProblemsAsync(CancellationToken cancellationToken)
    {
        if ((await migrator.PendingAsync(cancellationToken)).Count > 0)
        {
            return ["migrations_pending"];
        }

        var problems = new List<string>();
        var (synchronousCommit, fsync) = await dataSource.DurabilityAsync(cancellationToken);
        if (synchronousCommit == "off")
        {
            problems.Add("synchronous_commit_off");
        }

        if (fsync == "off")
        {
            problems.Add("fsync_off");
        }

        await dataSource.ProbeWriteAsync(cancellationToken);
        return problems;
    }
}
