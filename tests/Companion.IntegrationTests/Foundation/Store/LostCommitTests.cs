using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Npgsql;
using StandIns.Relay;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>Nobody knows what became of a COMMIT whose answer never came, until somebody looks.</summary>
public sealed class LostCommitTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<CommitCut> Cuts { get; } = [.. Enum.GetValues<CommitCut>()];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_use_case_whose_commit_lost_its_connection_is_done_exactly_once(CommitCut cut)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var relay = new DatabaseRelay(connection.Host!, connection.Port);
        (connection.Host, connection.Port, connection.SslMode) = ("127.0.0.1", relay.Port, SslMode.Disable);
        await using var dataSource = DatabaseServices.BuildDataSource(new DatabaseOptions { ConnectionString = connection.ToString() });
        var store = new StoreScene(dataSource);
        var invite = await store.IssueAsync();
        var planned = relay.CutNext(cut);

        var result = await store.DoAsync(invite, new RedeemInvite(new AccountId("anna")));

        planned.HasStruck.ShouldBeTrue();
        result.State.Status.ShouldBe(InviteStatus.Redeemed);
        result.Version.ShouldBe(2);
        (await store.EventsAsync(invite)).Select(e => e.Type).ShouldBe(["invite_issued", "invite_redeemed"]);
        (await store.ScalarAsync<long>(
            "select count(*) from companion.timeline_entry where invite_id = @id and type = 'invite_redeemed'", Param.Uuid("id", invite))).ShouldBe(1);
    }

    [Fact]
    public async Task A_use_case_whose_backend_is_killed_while_it_commits_is_done_exactly_once()
    {
        const long gate = 4711;
        var store = new StoreScene(database.DataSource);
        var invite = await store.IssueAsync();
        await store.ExecuteAsync(
            """
            create function wait_at_gate() returns trigger language plpgsql as
              'begin if new.account = ''killed'' then perform pg_advisory_xact_lock(4711); end if; return null; end';
            create constraint trigger gate after insert on companion.timeline_entry
              deferrable initially deferred for each row execute function wait_at_gate();
            """);
        await using var holder = await database.DataSource.OpenConnectionAsync(Cancel);
        await RunAsync(holder, "select pg_advisory_lock(@gate)", gate);

        var redeeming = store.DoAsync(invite, new RedeemInvite(new AccountId("killed")));
        await Eventually.HoldsAsync(async () => await store.ScalarAsync<long>(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'advisory' and datname = current_database()") == 1);
        await RunAsync(holder, "select pg_advisory_unlock(@gate)", gate);

        (await redeeming).State.Status.ShouldBe(InviteStatus.Redeemed);
        (await store.EventsAsync(invite)).Count.ShouldBe(2);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, long gate)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("gate", gate);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
