using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Host.CommandLine;
using Companion.IntegrationTests.Foundation.Store;
using Companion.Journey.Invites;
using Companion.Tests.Journey.Invites;

namespace Companion.IntegrationTests.Host.CommandLine;

public sealed class RebuildTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly StoreHarness _store = new(database.DataSource);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Rebuild Rebuild => new(database.DataSource, _store.Transactions, [InviteStream.Type]);

    [Fact]
    public async Task A_rebuild_restores_snapshots_and_read_models_and_sends_nothing()
    {
        var invite = await _store.IssueAsync();
        await _store.DoAsync(invite, new RedeemInvite(new AccountId("anna")));
        var details = await DetailsAsync(invite);
        var (outbox, timeline) = (await CountAsync("outbox_message"), await TimelineAsync());
        await _store.ExecuteAsync(
            "update events.mt_doc_invite set data = '{}', mt_version = 99 where id = @id", Param.Uuid("id", invite));
        await _store.ExecuteAsync("update companion.invite_details set inviter = 'mallory', status = 'issued' where invite_id = @id", Param.Uuid("id", invite));

        await Rebuild.StreamsAsync(Cancel);

        (await _store.SnapshotAsync(invite)).ShouldBe(await _store.FoldAsync(invite));
        (await DetailsAsync(invite)).ShouldBe(details);
        (await CountAsync("outbox_message")).ShouldBe(outbox);
        (await TimelineAsync()).ShouldBe(timeline);
    }

    [Fact]
    public async Task The_timeline_written_again_says_the_same_and_no_line_twice()
    {
        var invite = await _store.IssueAsync();
        await _store.DoAsync(invite, new MatchAccount(new AccountId("ben")));
        await _store.DoAsync(invite, new RevokeInvite(new AccountId("alice")));
        var before = await TimelineAsync();

        (await Rebuild.TimelineAsync(Cancel)).ShouldBe(before.Count);
        (await TimelineAsync()).ShouldBe(before);

        await Rebuild.TimelineAsync(Cancel);
        (await TimelineAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Appends_during_a_rebuild_are_neither_lost_nor_overwritten()
    {
        var invites = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _store.IssueAsync()));
        using var stop = new CancellationTokenSource();
        var writers = invites.Select(async (invite, n) =>
        {
            for (var i = 0; !stop.IsCancellationRequested || i < 3; i++)
            {
                await _store.DoAsync(invite, SampleInvites.Claim(new AccountId($"account-{i}"), $"key-{n}"));
            }
        }).ToList();

        for (var round = 0; round < 3; round++)
        {
            await Rebuild.StreamsAsync(Cancel);
            await Rebuild.TimelineAsync(Cancel);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        foreach (var invite in invites)
        {
            (await _store.SnapshotAsync(invite)).ShouldBe(await _store.FoldAsync(invite));
            (await _store.ScalarAsync<long>("select count(*) from companion.timeline_entry where invite_id = @id", Param.Uuid("id", invite)))
                .ShouldBe((await _store.EventsAsync(invite)).Count);
        }
    }

    private Task<long> CountAsync(string table) => _store.ScalarAsync<long>(table switch
    {
        "outbox_message" => "select count(*) from companion.outbox_message",
        _ => throw new ArgumentOutOfRangeException(nameof(table)),
    });

    private async Task<string> DetailsAsync(Guid invite) => await _store.ScalarAsync<string>(
        "select row_to_json(d)::text from companion.invite_details d where invite_id = @id", Param.Uuid("id", invite));

    private Task<List<string>> TimelineAsync() => database.DataSource.QueryAsync(
        """
        select concat_ws('|', invite_id, type, kind, at, actor, account, inviter, detail) from companion.timeline_entry
        order by invite_id, id
        """,
        reader => reader.GetString(0),
        [],
        Cancel);
}
