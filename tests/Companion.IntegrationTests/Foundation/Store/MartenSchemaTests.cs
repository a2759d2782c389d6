using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>Our migrations make what Marten expects, so that it never has to: a version of it that wants more fails here and becomes the next migration.</summary>
public sealed class MartenSchemaTests(TestDatabase database, PostgresFixture postgres) : IClassFixture<TestDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Marten_finds_nothing_to_change() =>
        new StoreScene(database.DataSource).Store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Cancel);

    [Fact]
    public async Task A_role_that_may_not_create_anything_appends_and_loads()
    {
        await using var role = await TestRole.CreateAsync(postgres, database.ConnectionString);
        await using var dataSource = DatabaseServices.BuildDataSource(new DatabaseOptions { ConnectionString = role.ConnectionString });
        var store = new StoreScene(dataSource);

        var invite = await store.IssueAsync();
        (await store.DoAsync(invite, new RevokeInvite(new AccountId("alice")))).State.Status.ShouldBe(InviteStatus.Revoked);

        await store.Store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Cancel);
        NpgsqlConnection.ClearPool(dataSource.CreateConnection());
    }

    [Fact]
    public async Task There_is_one_sequence_that_gives_numbers_one_by_one_and_belongs_to_the_events() => (await ReadAsync(
        """
        select s.sequencename || ' ' || s.increment_by || ' ' || s.cache_size || ' ' || pg_get_serial_sequence('events.mt_events', 'seq_id')
        from pg_sequences s where s.schemaname = 'events'
        """)).ShouldBe(["mt_events_sequence 1 1 events.mt_events_sequence"]);

    [Fact]
    public async Task No_trigger_or_view_is_in_the_schema() => (await ReadAsync(
        """
        select tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'events' and not t.tgisinternal
        union all select viewname::text from pg_views where schemaname = 'events'
        """)).ShouldBeEmpty();

    private Task<List<string>> ReadAsync(string sql) => database.DataSource.QueryAsync(sql, reader => reader.GetString(0), [], Cancel);
}
