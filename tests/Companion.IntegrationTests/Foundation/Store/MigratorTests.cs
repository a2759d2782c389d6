using Companion.Foundation.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Store;

public sealed class MigratorTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_eight_migrators_that_start_together_each_migration_is_applied_by_one()
    {
        var database = await postgres.CreateEmptyDatabaseAsync();

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WithMigratorAsync(database, m => m.MigrateAsync(Cancel))));

        applied.SelectMany(names => names).Order(StringComparer.Ordinal).ShouldBe(Migrator.Shipped);
        await postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var database = await postgres.CreateDatabaseAsync();

        (await WithMigratorAsync(database, m => m.MigrateAsync(Cancel))).ShouldBeEmpty();
        (await WithMigratorAsync(database, m => m.PendingAsync(Cancel))).ShouldBeEmpty();
        await postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task All_migrations_are_pending_in_an_empty_database()
    {
        var database = await postgres.CreateEmptyDatabaseAsync();

        (await WithMigratorAsync(database, m => m.PendingAsync(Cancel))).ShouldBe(Migrator.Shipped);
        await postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task A_role_that_may_not_create_tables_is_told_what_to_do()
    {
        var database = await postgres.CreateEmptyDatabaseAsync();
        await using (var role = await TestRole.CreateAsync(postgres, database))
        {
            var refusal = await Should.ThrowAsync<MigrationRightsException>(() =>
                WithMigratorAsync(role.ConnectionString, m => m.MigrateAsync(Cancel)));

            refusal.Message.ShouldContain("companion migrate");
            refusal.Message.ShouldContain("Database:MigrateAtStart");
        }

        await postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task A_role_that_may_not_create_tables_finds_nothing_to_do_after_another_has_migrated()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using (var role = await TestRole.CreateAsync(postgres, database))
        {
            (await WithMigratorAsync(role.ConnectionString, m => m.MigrateAsync(Cancel))).ShouldBeEmpty();
        }

        await postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind_and_lets_the_next_one_in()
    {
        var database = await postgres.CreateEmptyDatabaseAsync();
        await ExecuteAsync(database, "create schema companion; create table companion.outbox_message (id int)");

        await Should.ThrowAsync<PostgresException>(() => WithMigratorAsync(database, m => m.MigrateAsync(Cancel)));
        await ExecuteAsync(database, "drop table companion.outbox_message");

        (await WithMigratorAsync(database, m => m.MigrateAsync(Cancel))).ShouldBe(Migrator.Shipped.Skip(1));
        await postgres.DropDatabaseAsync(database);
    }

    private static async Task<T> WithMigratorAsync<T>(string database, Func<Migrator, Task<T>> work)
    {
        await using var dataSource = NpgsqlDataSource.Create(database + ";Pooling=false");
        return await work(new Migrator(dataSource, NullLogger<Migrator>.Instance));
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(database + ";Pooling=false");
        await dataSource.ExecuteAsync(sql, [], Cancel);
    }
}
