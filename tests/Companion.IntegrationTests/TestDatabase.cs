using Companion.Foundation.Store;
using Npgsql;

namespace Companion.IntegrationTests;

/// <summary>A migrated database of one test class, opened as the companion opens it.</summary>
public sealed class TestDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource DataSource { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync();
        DataSource = DatabaseServices.BuildDataSource(new DatabaseOptions { ConnectionString = ConnectionString });
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await postgres.DropDatabaseAsync(ConnectionString);
    }
}
