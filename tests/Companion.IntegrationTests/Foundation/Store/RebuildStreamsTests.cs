using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Companion.Tests.Journey.Invites;

namespace Companion.IntegrationTests.Foundation.Store;

public sealed class RebuildStreamsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly StoreScene _store = new(database.DataSource);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RebuildStreams Rebuild => new(_store.Transactions, new StreamPages(StoreScene.Types));

    private RewriteTimeline Rewrite => new(_store.Transactions, new StreamPages(StoreScene.Types), []);

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

        await Rebuild.RunAsync(null, Cancel);

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

        (await Rewrite.RunAsync(null, Cancel)).ShouldBe(before.Count);
        (await TimelineAsync()).ShouldBe(before);

        await Rewrite.RunAsync(null, Cancel);
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
            await Rebuild.RunAsync(null, Cancel);
            await Rewrite.RunAsync(null, Cancel);
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

    [Fact]
    public async Task A_rebuild_goes_page_by_page_and_tells_how_far_it_is()
    {
        await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => _store.IssueAsync()));
        var all = (int)await _store.ScalarAsync<long>("select count(*) from events.mt_streams");
        List<int> rebuilt = [], told = [];

        (await Rebuild.RunAsync(rebuilt.Add, Cancel)).ShouldBe(all);
        await Rewrite.RunAsync(told.Add, Cancel);

        rebuilt.Count.ShouldBeGreaterThan(1);
        rebuilt.ShouldBeInOrder();
        (rebuilt[^1], told[^1]).ShouldBe((all, all));
    }

    /// <summary>Marten's event for a gap in the numbers: of no stream of ours, and read by whoever goes by the numbers.</summary>
    [Fact]
    public async Task What_Marten_writes_for_itself_is_passed_over()
    {
        var invite = await _store.IssueAsync();
        await _store.ExecuteAsync(
            """
            with stream as (insert into events.mt_streams (id, version) values (gen_random_uuid(), 1) returning id)
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), id, 1, '{}', 'tombstone', 'JasperFx.Events.Tombstone, JasperFx.Events' from stream
            """);

        await Rebuild.RunAsync(null, Cancel);
        await Rewrite.RunAsync(null, Cancel);

        var read = new List<Guid>();
        await foreach (var stored in new EventLog(_store.Store).ReadAsync(Cancel))
        {
            read.Add(stored.StreamId);
        }

        read.ShouldContain(invite);
        await _store.ExecuteAsync("delete from events.mt_streams where type is null");
    }

    [Theory]
    [InlineData("insert into events.mt_streams (id, type, version) values (@id, 'wish', 1)", "streams of type wish")]
    [InlineData(
        """
        with stream as (insert into events.mt_streams (id, type, version) values (@id, 'invite', 1) returning id)
        insert into events.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type)
        select nextval('events.mt_events_sequence'), gen_random_uuid(), id, 1, '{}', 'invite_wished', 'Companion.Invites.InviteWished, Companion' from stream
        """,
        "Companion.Invites.InviteWished")]
    public async Task A_store_that_a_newer_version_wrote_is_refused_with_a_sentence(string sql, string what)
    {
        var id = Guid.CreateVersion7();
        await _store.ExecuteAsync(sql, Param.Uuid("id", id));

        try
        {
            (await Should.ThrowAsync<NewerStoreException>(() => Rebuild.RunAsync(null, Cancel))).Message.ShouldContain(what);
        }
        finally
        {
            await _store.ExecuteAsync("delete from events.mt_streams where id = @id", Param.Uuid("id", id));
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
