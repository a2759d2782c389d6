using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Companion.Tests.Journey.Invites;

namespace Companion.IntegrationTests.Foundation.Store;

public sealed class AppendTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Writers = 16;

    private readonly StoreScene _store = new(database.DataSource);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_writers_who_read_the_same_version_exactly_one_wins()
    {
        var invite = await _store.IssueAsync();
        for (var version = 2; version <= 6; version++)
        {
            (await RaceAsync(invite)).ShouldBe(1);
            (await _store.EventsAsync(invite)).Count.ShouldBe(version);
        }
    }

    [Fact]
    public async Task Of_writers_who_start_the_same_stream_exactly_one_wins()
    {
        var invite = Guid.CreateVersion7();

        (await RaceAsync(invite)).ShouldBe(1);

        (await _store.EventsAsync(invite)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Writers_who_try_again_lose_nothing_and_leave_no_gap()
    {
        var invite = await _store.IssueAsync();
        await _store.DoAsync(invite, new RedeemInvite(new AccountId("anna")));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async n =>
        {
            try
            {
                await _store.DoAsync(invite, new RedeemInvite(new AccountId($"rival-{n}")));
                return true;
            }
            catch (ConcurrencyException)
            {
                return false;
            }
        }));

        var events = await _store.EventsAsync(invite);
        events.Count(e => e.Type == "invite_contested").ShouldBe(outcomes.Count(won => won));
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, events.Count).Select(n => (long)n));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_snapshot_is_what_the_events_fold_to(int seed)
    {
        var random = new Random(seed);
        var invite = await _store.IssueAsync();
        for (var i = 0; i < 25; i++)
        {
            await _store.DoAsync(invite, RandomCommand(random));
            _store.Clock.Advance(TimeSpan.FromHours(random.Next(30)));
        }

        (await _store.SnapshotAsync(invite)).ShouldBe(await _store.FoldAsync(invite), $"seed {seed}");
        (await _store.ScalarAsync<long>(
            "select d.mt_version - s.version from events.mt_doc_invite d join events.mt_streams s on s.id = d.id where d.id = @id",
            Param.Uuid("id", invite))).ShouldBe(0);
    }

    [Fact]
    public async Task Ids_of_events_derive_from_the_command()
    {
        var (invite, command) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await _store.DoAsync(invite, SampleInvites.Issue(invite), command);

        (await _store.EventsAsync(invite)).Single().Id.ShouldBe(DeterministicId.From(command, invite.ToString()));
    }

    [Fact]
    public async Task An_append_without_events_writes_nothing()
    {
        var invite = await _store.IssueAsync();
        var before = await RowAsync(invite);

        (await _store.DoAsync(invite, new ExpireInvite())).Version.ShouldBe(1);

        (await RowAsync(invite)).ShouldBe(before);
        (await _store.EventsAsync(invite)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_archived_stream_takes_no_events()
    {
        var invite = await _store.IssueAsync();
        await _store.ExecuteAsync("update events.mt_streams set is_archived = true where id = @id", Param.Uuid("id", invite));

        await Should.ThrowAsync<ConcurrencyException>(() => _store.DoAsync(invite, new RevokeInvite(new AccountId("alice"))));

        (await _store.EventsAsync(invite)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_carries_the_names_times_and_causes_that_Marten_looks_for()
    {
        var (invite, command) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _store.DoAsync(invite, SampleInvites.Issue(invite), command);

        var row = await database.DataSource.QueryAsync(
            """
            select e.type, e.mt_dotnet_type, e.causation_id, e.timestamp, e.tenant_id, s.type, d.mt_dotnet_type
            from events.mt_events e
            join events.mt_streams s on s.id = e.stream_id join events.mt_doc_invite d on d.id = e.stream_id
            where e.stream_id = @id
            """,
            reader => Enumerable.Range(0, 7).Select(i => i == 3 ? reader.GetFieldValue<DateTimeOffset>(i).ToString("u") : reader.GetString(i)).ToList(),
            [Param.Uuid("id", invite)],
            Cancel);

        row.Single().ShouldBe(
        [
            "invite_issued", $"{typeof(InviteIssued).FullName}, Companion", command.ToString(), FakeClock.Start.ToString("u"),
            "*DEFAULT*", "invite", typeof(Invite).FullName!,
        ]);
    }

    [Fact]
    public async Task What_a_failed_use_case_had_queued_is_not_there()
    {
        var invite = Guid.CreateVersion7();

        await Should.ThrowAsync<InvalidOperationException>(() => _store.Transactions.RunAsync<bool>(
            Guid.CreateVersion7(),
            async (unit, ct) =>
            {
                var stream = await unit.LoadAsync(InviteStream.Type, invite, ct);
                unit.Append(InviteStream.Type, stream, [Issued(invite)]);
                await unit.FlushAsync(ct);
                throw new InvalidOperationException();
            },
            Cancel));

        (await _store.EventsAsync(invite)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_is_loaded_again_is_read_again(bool flushed)
    {
        var invite = await _store.IssueAsync();

        var (before, after) = await _store.Transactions.RunAsync(
            async (unit, ct) =>
            {
                var before = await unit.LoadAsync(InviteStream.Type, invite, ct);
                if (before.Version == 1)
                {
                    await _store.DoAsync(invite, new RedeemInvite(new AccountId("anna")));
                }

                if (flushed)
                {
                    unit.Queue("update companion.write_probe set written_at = now()");
                    await unit.FlushAsync(ct);
                }

                var after = await unit.LoadAsync(InviteStream.Type, invite, ct);
                return (before, unit.Append(InviteStream.Type, after, [new InviteContested(new InviteId(invite), new AccountId("rival"), unit.Now)]));
            },
            Cancel);

        (before.Version, after.Version, after.State.Status).ShouldBe((1, 3, InviteStatus.Redeemed));
        (await _store.SnapshotAsync(invite)).ShouldBe(await _store.FoldAsync(invite));
    }

    [Fact]
    public async Task Of_two_appends_to_what_was_read_once_the_second_is_a_conflict()
    {
        var invite = await _store.IssueAsync();
        InviteContested contested = new(new InviteId(invite), new AccountId("rival"), FakeClock.Start);

        await Should.ThrowAsync<ConcurrencyException>(() => _store.Transactions.RunAsync(
            async (unit, ct) =>
            {
                var stream = await unit.LoadAsync(InviteStream.Type, invite, ct);
                unit.Append(InviteStream.Type, stream, [contested]);
                return unit.Append(InviteStream.Type, stream, [contested]);
            },
            Cancel));

        (await _store.EventsAsync(invite)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Appends_one_after_the_other_in_one_use_case_are_one_history()
    {
        var invite = Guid.CreateVersion7();

        var stream = await _store.Transactions.RunAsync(
            async (unit, ct) =>
            {
                var stream = unit.Append(InviteStream.Type, await unit.LoadAsync(InviteStream.Type, invite, ct), [Issued(invite)]);
                for (var i = 0; i < 4; i++)
                {
                    stream = unit.Append(InviteStream.Type, stream, [new InviteContested(new InviteId(invite), new AccountId($"rival-{i}"), unit.Now)]);
                    if (i == 1)
                    {
                        await unit.FlushAsync(ct);
                    }
                }

                return stream;
            },
            Cancel);

        stream.Version.ShouldBe(5);
        var events = await _store.EventsAsync(invite);
        events.Select(stored => stored.Version).ShouldBe([1, 2, 3, 4, 5]);
        events.Select(stored => stored.Id).ShouldBeUnique();
        (await _store.SnapshotAsync(invite)).ShouldBe(await _store.FoldAsync(invite));
    }

    [Fact]
    public async Task A_stream_whose_snapshot_is_missing_is_not_taken_for_a_new_one()
    {
        var invite = await _store.IssueAsync();
        await _store.ExecuteAsync("delete from events.mt_doc_invite where id = @id", Param.Uuid("id", invite));

        (await Should.ThrowAsync<InvalidOperationException>(() => _store.DoAsync(invite, new RevokeInvite(new AccountId("alice")))))
            .Message.ShouldContain("companion rebuild");
    }

    [Fact]
    public async Task Conflicts_leave_nothing_behind_that_Marten_wrote_for_itself()
    {
        var invite = await _store.IssueAsync();
        await RaceAsync(invite);
        await RaceAsync(Guid.CreateVersion7());

        (await _store.ScalarAsync<long>("select count(*) from events.mt_streams where type is null")).ShouldBe(0);
        (await _store.ScalarAsync<long>("select count(*) from events.mt_events where type = 'tombstone'")).ShouldBe(0);
    }

    /// <summary>All writers read, then all append; who loses does not try again.</summary>
    /// <returns>How many won.</returns>
    private async Task<int> RaceAsync(Guid invite)
    {
        var readers = 0;
        var allRead = new TaskCompletionSource();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n =>
        {
            var attempts = 0;
            return _store.Transactions.RunAsync(
                Guid.CreateVersion7(),
                async (unit, ct) =>
                {
                    if (++attempts > 1)
                    {
                        return false;
                    }

                    var stream = await unit.LoadAsync(InviteStream.Type, invite, ct);
                    if (Interlocked.Increment(ref readers) == Writers)
                    {
                        allRead.SetResult();
                    }

                    await allRead.Task.WaitAsync(ct);
                    InviteEvent @event = stream.Version == 0
                        ? Issued(invite)
                        : new InviteContested(new InviteId(invite), new AccountId($"writer-{n}"), unit.Now);
                    unit.Append(InviteStream.Type, stream, [@event]);
                    return true;
                },
                Cancel);
        }));
        return outcomes.Count(won => won);
    }

    private Task<(long Version, DateTimeOffset At)> RowAsync(Guid invite) => database.DataSource.QueryAsync(
        "select version, timestamp from events.mt_streams where id = @id",
        reader => (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)),
        [Param.Uuid("id", invite)],
        Cancel).ContinueWith(rows => rows.Result.Single(), Cancel, TaskContinuationOptions.None, TaskScheduler.Default);

    private static InviteIssued Issued(Guid invite) => new(
        new InviteId(invite), new AccountId("alice"), new ContactId(invite), [], [], "en", FakeClock.Start.AddDays(14), FakeClock.Start);

    private static InviteCommand RandomCommand(Random random)
    {
        var (key, account, generation) = ($"key-{random.Next(2)}", new AccountId($"account-{random.Next(2)}"), random.Next(1, 4));
        return random.Next(8) switch
        {
            0 => new ResendInvite(account, SampleInvites.Facts, SampleInvites.Policy),
            1 => new ExpireInvite(),
            2 => new RecordDelivery(generation, InviteDelivery.Failed, "mailbox_unknown"),
            3 => new RecordDelivery(generation, InviteDelivery.Sent),
            4 => new ReleaseInvite(key, account, "rolled_back"),
            5 => new MatchAccount(account),
            6 => SampleInvites.Claim(account, key, generation),
            _ => random.Next(5) == 0 ? new RedeemInvite(account) : new DeclineInvite(generation + 1),
        };
    }
}
