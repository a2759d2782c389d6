using System.Data;

namespace Companion.Foundation.Store;

/// <summary>
/// Lets one process of all replicas do something at a time, until it is disposed. It is a session's lock, not a transaction's: other systems
/// may be called while it is held. It costs a connection, and ends with it.
/// </summary>
internal sealed class SharedLock : IAsyncDisposable
{
    private readonly long _key;

    private SharedLock(NpgsqlConnection connection, long key) => (Connection, _key) = (connection, key);

    public NpgsqlConnection Connection { get; }

    /// <summary>Waits however long another holds it.</summary>
    public static async Task<SharedLock> TakeAsync(NpgsqlDataSource dataSource, long key, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await ExecuteAsync(connection, "select pg_advisory_lock(@key)", key, cancellationToken);
            return new SharedLock(connection, key);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Connection.State != ConnectionState.Open)
        {
            await Connection.DisposeAsync();
            return;
        }

        try
        {
            await ExecuteAsync(Connection, "select pg_advisory_unlock(@key)", _key, CancellationToken.None);
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, long key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(Param.Long("key", key).ToParameter());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
