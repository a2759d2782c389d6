using Companion.Community.Timeline;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Companion.IntegrationTests.Community.Timeline;

/// <summary>What was changed behind the companion's back is found and named.</summary>
public sealed class TimelineChainTests(PostgresFixture postgres) : IAsyncLifetime
{
    private CompanionHost _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TimelineChain Chain => _host.Services.GetRequiredService<TimelineChain>();

    public async ValueTask InitializeAsync()
    {
        _host = await CompanionHost.StartAsync(postgres, settings =>
        {
            settings.Configuration["Invites:MaxOpen"] = "1000";
            settings.Configuration["Invites:MaxPerDay"] = "1000";
        });
        var alice = _host.Member("alice");
        for (var i = 0; i < 5; i++)
        {
            var invite = await alice.IssueOneAsync($"anna{i}@example.org");
            (await alice.PostTextAsync($"/api/v1/invites/{invite}/revoke", "")).Dispose();
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_was_sealed_is_as_it_was_and_what_came_later_is_not_sealed_yet()
    {
        await SealAllAsync();
        (await Chain.SealAsync(Ct)).ShouldBe(0);
        await _host.Member("alice").IssueOneAsync("ben@example.org");
        var verdict = await Chain.VerifyAsync(Ct);
        (verdict.Entries, verdict.Unsealed, verdict.Broken).ShouldBe((10, 1, null));
        var head = verdict.Head;
        await SealAllAsync();
        (await Chain.VerifyAsync(Ct)).Head.ShouldNotBe(head);
    }

    [Theory]
    [InlineData("update companion.timeline_entry set actor = 'mallory' where id = @id", "changed")]
    [InlineData("update companion.timeline_entry set at = at + interval '1 second' where id = @id", "changed")]
    [InlineData("update companion.timeline_entry set detail = 'x' where id = @id", "changed")]
    [InlineData("update companion.timeline_entry set xid = '1' where id = @id", "changed")]
    [InlineData("update companion.timeline_seal set hash = sha256('x') where entry_id = @id", "changed")]
    [InlineData("delete from companion.timeline_entry where id = @id", "deleted")]
    public async Task A_tampered_entry_is_named(string tampering, string why)
    {
        await SealAllAsync();
        var victim = (await IdsAsync())[3];
        await ExecuteAsync(tampering, victim);
        var verdict = await Chain.VerifyAsync(Ct);
        (verdict.Broken, verdict.Why, verdict.Entries, verdict.Head).ShouldBe((victim, why, 3, null));
    }

    [Fact]
    public async Task An_entry_that_is_taken_away_with_its_seal_breaks_the_next()
    {
        await SealAllAsync();
        var ids = await IdsAsync();
        await ExecuteAsync("delete from companion.timeline_entry where id = @id", ids[3]);
        await ExecuteAsync("delete from companion.timeline_seal where entry_id = @id", ids[3]);
        (await Chain.VerifyAsync(Ct)).Broken.ShouldBe(ids[4]);
    }

    [Fact]
    public async Task An_entry_that_is_slipped_in_among_older_ones_is_named()
    {
        await SealAllAsync();
        var ids = await IdsAsync();
        await ExecuteAsync(
            """
            insert into companion.timeline_entry (xid, kind, type, at, actor)
            select xid, kind, 'invite_issued', at, 'mallory' from companion.timeline_entry where id = @id - 5
            """,
            ids[^1]);
        var verdict = await Chain.VerifyAsync(Ct);
        (verdict.Broken > ids[^1], verdict.Why).ShouldBe((true, "inserted"));
    }

    [Fact]
    public async Task Appends_at_once_are_all_sealed_in_one_order_by_whoever_seals()
    {
        var alice = _host.Member("alice");
        var issuing = Enumerable.Range(0, 40).Select(i => alice.IssueOneAsync($"many{i}@example.org"));
        var sealing = Enumerable.Range(0, 4).Select(_ => Chain.SealAsync(Ct));
        await Task.WhenAll([.. issuing.Cast<Task>(), .. sealing]);
        await SealAllAsync();
        var verdict = await Chain.VerifyAsync(Ct);
        (verdict.Entries, verdict.Unsealed, verdict.Broken).ShouldBe((50, 0, null));
    }

    /// <summary>Transaction numbers are numbers: as text, 10 would come before 9, and what came in between be sealed twice.</summary>
    [Fact]
    public async Task Entries_are_sealed_in_the_order_of_their_transactions_also_where_those_get_a_digit_more()
    {
        await ExecuteAsync(
            """
            insert into companion.timeline_entry (xid, kind, type, at, actor)
            select number::text::xid8, 'UserEvent', 'probe', now(), 'alice' from unnest(array[10, 9, 100]) number where @id = 0
            """,
            0);
        await SealAllAsync();
        (await Chain.SealAsync(Ct)).ShouldBe(0);
        var order = await _host.Services.GetRequiredService<NpgsqlDataSource>().QueryAsync(
            "select s.xid::text from companion.timeline_seal s order by s.position limit 3", reader => reader.GetString(0), [], Ct);
        order.ShouldBe(["9", "10", "100"]);
    }

    [Fact]
    public async Task A_timeline_that_is_written_again_goes_on_from_the_chain_before()
    {
        await SealAllAsync();
        var head = (await Chain.VerifyAsync(Ct)).Head;
        await _host.Services.GetRequiredService<RewriteTimeline>().RunAsync(null, Ct);
        await SealAllAsync();
        var verdict = await Chain.VerifyAsync(Ct);
        (verdict.Entries, verdict.Unsealed, verdict.Broken).ShouldBe((10, 0, null));
        (await _host.CountAsync("companion.timeline_chain", $"encode(hash, 'hex') = '{head}' and entries = 10")).ShouldBe(1);
    }

    [Fact]
    public async Task Erasing_a_person_changes_nothing_that_was_sealed()
    {
        await SealAllAsync();
        _host.Clock.Advance(TimeSpan.FromDays(100));
        await _host.RunOutboxAsync(Ct);
        (await _host.CountAsync("companion.contact", "address is not null")).ShouldBe(0);
        (await Chain.VerifyAsync(Ct)).Broken.ShouldBeNull();
    }

    /// <summary>Transactions of other tests on the same server may hold entries back for a moment.</summary>
    private Task SealAllAsync() => Eventually.HoldsAsync(async () =>
    {
        await Chain.SealAsync(Ct);
        return (await Chain.VerifyAsync(Ct)).Unsealed == 0;
    });

    private Task<List<long>> IdsAsync() => _host.Services.GetRequiredService<NpgsqlDataSource>().QueryAsync(
        "select entry_id from companion.timeline_seal order by position", reader => reader.GetInt64(0), [], Ct);

    private Task<int> ExecuteAsync(string sql, long id) =>
        _host.Services.GetRequiredService<NpgsqlDataSource>().ExecuteAsync(sql, [Param.Long("id", id)], Ct);
}
