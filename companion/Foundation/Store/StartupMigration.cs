namespace Companion.Foundation.Store;

/// <summary>Applies migrations before anything else starts, where Database:MigrateAtStart says so. Does not start on a newer version's database.</summary>
internal sealed class StartupMigration(Migrator migrator, IOptions<DatabaseOptions> options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MigrateAtStart)
        {
            await migrator.MigrateAsync(cancellationToken);
            return;
        }

        try
        {
            await migrator.RefuseNewerAsync(cancellationToken);
        }
        catch (NpgsqlException)
        {
            // Not ready until the database answers.
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
