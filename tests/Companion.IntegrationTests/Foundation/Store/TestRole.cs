using System.Security.Cryptography;
using Companion.Foundation.Store;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>A role as a careful operator gives the service: it may read and write the companion's tables, and create none.</summary>
internal sealed class TestRole : IAsyncDisposable
{
    private readonly PostgresFixture _postgres;
    private readonly string _database;
    private readonly string _name = $"app_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    private TestRole(PostgresFixture postgres, string database) => (_postgres, _database) = (postgres, database);

    public string ConnectionString { get; private set; } = "";

    public static async Task<TestRole> CreateAsync(PostgresFixture postgres, string database)
    {
        var role = new TestRole(postgres, database);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await postgres.ExecuteAsync($"create role {role._name} login password '{password}'");
        role.ConnectionString = new NpgsqlConnectionStringBuilder(database) { Username = role._name, Password = password }.ToString();
        await role.GrantAsync();
        return role;
    }

    /// <summary>Grants what is there now; call it again after a migration.</summary>
    public Task GrantAsync() => RunAsync(
        $"""
        do $$
        declare s text;
        begin
          foreach s in array array['events', 'companion'] loop
            if to_regnamespace(s) is not null then
              execute format('grant usage on schema %I to {_name}', s);
              execute format('grant select, insert, update, delete, truncate on all tables in schema %I to {_name}', s);
              execute format('grant usage on all sequences in schema %I to {_name}', s);
            end if;
          end loop;
        end $$
        """);

    public async ValueTask DisposeAsync()
    {
        await RunAsync($"drop owned by {_name}");
        await _postgres.ExecuteAsync($"drop role {_name}");
    }

    private async Task RunAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(_database + ";Pooling=false");
        await dataSource.ExecuteAsync(sql, [], TestContext.Current.CancellationToken);
    }
}
