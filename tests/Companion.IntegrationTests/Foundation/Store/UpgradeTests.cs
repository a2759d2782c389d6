using System.Reflection;
using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>A store that the version before Marten wrote is upgraded in place, while replicas of that version go on.</summary>
public sealed class UpgradeTests(PostgresFixture postgres) : IAsyncLifetime
{
    /// <summary>The last migration of that version.</summary>
    private const string Last = "0013_webhooks.sql";

    private const string Mine = "0015_marten.sql";

    private const int Writers = 8;

    private string _database = "";
    private StoreScene _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TimelineChain Chain => new(
        _store.DataSource,
        _store.Transactions,
        new TimelineSeal(new DerivedKeys(Options.Create(new SecurityOptions { MasterKey = Convert.ToBase64String(new byte[32]) }))));

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateEmptyDatabaseAsync();
        _store = new StoreScene(DatabaseServices.BuildDataSource(new DatabaseOptions { ConnectionString = _database }));
        await _store.ExecuteAsync(
            "create schema companion; create table companion.migration (name text not null primary key, applied_at timestamptz not null default now())");
        foreach (var name in Migrator.Shipped.Where(name => string.CompareOrdinal(name, Last) <= 0))
        {
            await _store.ExecuteAsync(await ResourceAsync(typeof(Migrator).Assembly, $".{name}"));
            await _store.ExecuteAsync("insert into companion.migration (name) values (@name)", Param.Text("name", name));
        }

        await _store.ExecuteAsync(await ResourceAsync(typeof(UpgradeTests).Assembly, "store_before_marten.sql"));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DataSource.DisposeAsync();
        await postgres.DropDatabaseAsync(_database);
    }

    [Fact]
    public async Task Nothing_that_was_stored_is_changed()
    {
        var (streams, events, timeline) = (await StreamsAsync(), await EventsAsync(), await TimelineAsync());

        (await MigrateAsync()).ShouldBe(Migrator.Shipped.Where(name => string.CompareOrdinal(name, Last) > 0));

        (await StreamsAsync()).ShouldBe(streams);
        (await EventsAsync()).ShouldBe(events);
        (await TimelineAsync()).ShouldBe(timeline);
        (await _store.ScalarAsync<long>("select count(distinct type) from events.mt_events")).ShouldBe(StoreScene.Types.Sum(type => type.EventTypes.Count));
    }

    [Fact]
    public async Task Every_stream_folds_to_the_snapshot_that_was_stored()
    {
        var streams = await StreamsAsync();
        await MigrateAsync();
        await _store.ExecuteAsync(
            """
            update events.mt_doc_invite set data = '{}', mt_version = 99;
            update events.mt_doc_onboarding set data = '{}', mt_version = 99;
            update events.mt_doc_member set data = '{}', mt_version = 99;
            update events.mt_doc_approval set data = '{}', mt_version = 99;
            update events.mt_doc_pause set data = '{}', mt_version = 99;
            """);

        (await new RebuildStreams(_store.Transactions, new StreamPages(StoreScene.Types)).RunAsync(null, Cancel)).ShouldBe(streams.Count);

        (await StreamsAsync()).ShouldBe(streams);
    }

    [Fact]
    public async Task Streams_go_on_where_they_were()
    {
        await MigrateAsync();
        foreach (var invite in await IdsAsync("Claimed"))
        {
            var before = (await _store.EventsAsync(invite)).Count;

            var after = await _store.DoAsync(invite, new RedeemInvite(new AccountId("anna-0")));

            (after.State.Status, after.Version).ShouldBe((InviteStatus.Redeemed, before + 1));
            (await _store.SnapshotAsync(invite)).ShouldBe(await _store.FoldAsync(invite));
        }
    }

    [Fact]
    public async Task The_timeline_is_still_proved_and_told_again_the_same()
    {
        await MigrateAsync();
        var (before, timeline) = (await Chain.VerifyAsync(Cancel), await TimelineAsync());
        (before.Broken, before.Unsealed, before.Entries).ShouldBe((null, 0, timeline.Count));

        await _store.IssueAsync();
        await Eventually.HoldsAsync(async () => await Chain.SealAsync(Cancel) > 0);

        var after = await Chain.VerifyAsync(Cancel);
        (after.Broken, after.Unsealed, after.Entries).ShouldBe((null, 0, timeline.Count + 1));
        timeline = await TimelineAsync();
        (await new RewriteTimeline(_store.Transactions, new StreamPages(StoreScene.Types), []).RunAsync(null, Cancel)).ShouldBe(timeline.Count);
        (await TimelineAsync()).ShouldBe(timeline);
    }

    [Fact]
    public async Task Old_and_new_replicas_who_read_the_same_version_append_one_event_between_them()
    {
        await MigrateAsync();
        var older = new OlderReplica(_store.DataSource);
        foreach (var invite in (Guid[])[.. await IdsAsync("Redeemed"), Guid.CreateVersion7()])
        {
            for (var round = 0; round < 3; round++)
            {
                var before = (await _store.EventsAsync(invite)).Count;
                var allRead = new Barrier();
                var wins = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => n % 2 == 0
                    ? older.TryAppendAsync(invite, state => Next(invite, state), allRead.ReachAsync)
                    : TryAppendAsync(invite, allRead.ReachAsync)));

                wins.Count(won => won).ShouldBe(1);
                (await _store.EventsAsync(invite)).Select(stored => stored.Version).ShouldBe(Enumerable.Range(1, before + 1).Select(n => (long)n));
            }

            (await _store.SnapshotAsync(invite)).ShouldBe(await _store.FoldAsync(invite));
        }
    }

    [Fact]
    public async Task Old_and_new_replicas_go_on_side_by_side_and_lose_nothing()
    {
        await MigrateAsync();
        var older = new OlderReplica(_store.DataSource);
        var invites = await IdsAsync("Redeemed");
        var before = (await EventsAsync()).Count;

        var appended = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async n =>
        {
            var count = 0;
            for (var i = 0; i < 10; i++)
            {
                var invite = invites[(n + i) % invites.Count];
                count += await (n % 2 == 0 ? older.TryAppendAsync(invite, state => Next(invite, state)) : TryAppendAsync(invite, null)) ? 1 : 0;
            }

            return count;
        }));

        appended.ShouldAllBe(count => count > 0);
        (await EventsAsync()).Count.ShouldBe(before + appended.Sum());
        foreach (var invite in invites)
        {
            var events = await _store.EventsAsync(invite);
            events.Select(stored => stored.Version).ShouldBe(Enumerable.Range(1, events.Count).Select(n => (long)n));
            (await _store.SnapshotAsync(invite)).ShouldBe(await _store.FoldAsync(invite));
            (await _store.ScalarAsync<long>(
                "select d.mt_version - s.version from events.mt_doc_invite d join events.mt_streams s on s.id = d.id where d.id = @id",
                Param.Uuid("id", invite))).ShouldBe(0);
        }
    }

    [Fact]
    public async Task An_upgrade_that_is_broken_off_changes_nothing_and_can_be_repeated()
    {
        await using var reader = await _store.DataSource.OpenConnectionAsync(Cancel);
        await using var reading = await reader.BeginTransactionAsync(Cancel);
        await using (var read = new NpgsqlCommand("select count(*) from events.mt_event_progression", reader))
        {
            await read.ExecuteNonQueryAsync(Cancel);
        }

        var migrating = MigrateAsync();
        await Eventually.HoldsAsync(async () => await _store.ScalarAsync<long>(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'relation' and datname = current_database()") == 1);
        await Should.ThrowAsync<NpgsqlException>(() => migrating);
        await reading.RollbackAsync(Cancel);

        var invite = Guid.CreateVersion7();
        (await new OlderReplica(_store.DataSource).TryAppendAsync(invite, state => Next(invite, state))).ShouldBeTrue();
        (await MigrateAsync()).ShouldContain(Mine);
        (await _store.DoAsync(invite, new RevokeInvite(new AccountId("alice")))).Version.ShouldBe(2);
        await _store.Store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Cancel);
    }

    private static async Task<string> ResourceAsync(Assembly assembly, string end)
    {
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith(end, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return await reader.ReadToEndAsync(Cancel);
    }

    private static InviteEvent Next(Guid invite, Invite state) => state.Status == InviteStatus.None
        ? new InviteIssued(
            new InviteId(invite), new AccountId("alice"), new ContactId(invite), [], [], "en", FakeClock.Start.AddDays(14), FakeClock.Start)
        : new InviteContested(new InviteId(invite), new AccountId("rival"), FakeClock.Start);

    /// <summary>As <see cref="OlderReplica.TryAppendAsync"/>, by the code of now.</summary>
    private Task<bool> TryAppendAsync(Guid invite, Func<Task>? hasRead)
    {
        var attempts = 0;
        return _store.Transactions.RunAsync(
            async (unit, ct) =>
            {
                if (++attempts > 1)
                {
                    return false;
                }

                var stream = await unit.LoadAsync(InviteStream.Type, invite, ct);
                await (hasRead?.Invoke() ?? Task.CompletedTask);
                unit.Append(InviteStream.Type, stream, [Next(invite, stream.State)]);
                return true;
            },
            Cancel);
    }

    private async Task<IReadOnlyList<string>> MigrateAsync()
    {
        await using var dataSource = NpgsqlDataSource.Create(_database + ";Pooling=false");
        return await new Migrator(dataSource, NullLogger<Migrator>.Instance).MigrateAsync(Cancel);
    }

    private Task<List<Guid>> IdsAsync(string status) => _store.DataSource.QueryAsync(
        "select id from events.mt_doc_invite where data ->> 'Status' = @status order by id",
        reader => reader.GetGuid(0),
        [Param.Text("status", status)],
        Cancel);

    /// <summary>Every stream with its snapshot.</summary>
    private Task<List<string>> StreamsAsync() => TextsAsync(
        """
        select concat_ws('|', s.id, s.type, s.version, d.mt_version, d.data)
        from events.mt_streams s
        join (
          select id, mt_version, data from events.mt_doc_invite
          union all select id, mt_version, data from events.mt_doc_onboarding
          union all select id, mt_version, data from events.mt_doc_member
          union all select id, mt_version, data from events.mt_doc_approval
          union all select id, mt_version, data from events.mt_doc_pause) d on d.id = s.id
        order by s.id
        """);

    private Task<List<string>> EventsAsync() => TextsAsync(
        "select concat_ws('|', seq_id, id, stream_id, version, type, data, timestamp, mt_dotnet_type, causation_id) from events.mt_events order by seq_id");

    private Task<List<string>> TimelineAsync() => TextsAsync(
        "select concat_ws('|', event_id, type, kind, at, actor, account, inviter, invite_id, detail) from companion.timeline_entry order by id");

    private Task<List<string>> TextsAsync(string sql) => _store.DataSource.QueryAsync(sql, reader => reader.GetString(0), [], Cancel);

    /// <summary>Lets all writers go on once each of them has read.</summary>
    private sealed class Barrier
    {
        private readonly TaskCompletionSource _all = new();
        private int _readers;

        public Task ReachAsync()
        {
            if (Interlocked.Increment(ref _readers) == Writers)
            {
                _all.SetResult();
            }

            return _all.Task.WaitAsync(Cancel);
        }
    }
}
