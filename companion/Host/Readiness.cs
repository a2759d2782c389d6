using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Npgsql;

namespace Companion.Host;

/// <summary>Whether this replica can do its work: not whether mail or chat servers are up, which only delays work.</summary>
internal sealed class Readiness(NpgsqlDataSource dataSource, Migrator migrator, SigningKeys keys, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();

    private Task<IReadOnlyList<string>>? _running;

    /// <summary>Codes of what is wrong; none when ready. Askers at the same time share one look.</summary>
    public Task<IReadOnlyList<string>> FindProblemsAsync()
    {
        lock (_lock)
        {
            return _running is { IsCompleted: false } running ? running : _running = LookAsync();
        }
    }

    private async Task<IReadOnlyList<string>> LookAsync()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ["stopping"];
        }

        return [.. (await Task.WhenAll(DatabaseProblemsAsync(), KeyProblemsAsync())).SelectMany(problems => problems)];
    }

    private async Task<IReadOnlyList<string>> KeyProblemsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await keys.EnsureAsync(null, patience.Token);
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
