using System.Data;

namespace Companion.Foundation.Store;

/// <summary>
/// Lets one process of all replicas do something at a time, until it is disposed. It is a session's lock, not a transaction's: other systems
/// may be called while it is held. It costs a connection, and ends with it.
/// </summary>
internal sealed class SharedLock : IAsyncDisposable
{
    private SharedLock(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <summary>Waits however long another holds it.</summary>
    public static async Task<SharedLock> TakeAsync(NpgsqlDataSource dataSource, long key, CancellationToken cancellationToken)
    {
        var held = new SharedLock(await dataSource.OpenConnectionAsync(cancellationToken));
        try
        {
            await held.ExecuteAsync("select pg_advisory_lock(@key)", [Param.Long("key", key)], cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Connection.State == ConnectionState.Open)
            {
                await ExecuteAsync("select pg_advisory_unlock_all()", [], CancellationToken.None);
            }
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }

    private async Task ExecuteAsync(string sql, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = 0 };
        command.Add(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
