using System.Collections.Concurrent;
using Companion.Foundation.Outbox;

namespace Companion.IntegrationTests.Foundation.Outbox;

/// <summary>One attempt after another, on a clock that stands still.</summary>
public sealed class OutboxWorkerTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(postgres);
    private readonly FakeClock _clock = new();

    /// <summary>Time from one renewal to the next.</summary>
    private static readonly TimeSpan Beat = new OutboxOptions().Lease / 3;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_message_that_is_done_never_runs_again_and_its_effect_is_there()
    {
        var (replica, probe) = Start((_, _) => Done("effect"));
        await replica.EnqueueAsync("one");

        (await replica.RunOnceAsync()).ShouldBe(1);
        (await replica.RunOnceAsync()).ShouldBe(0);

        probe.Seen.ShouldHaveSingleItem().Payload.Name.ShouldBe("one");
        (await _database.DataSource.MarksAsync()).ShouldBe(["effect"]);
        (await RowAsync()).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_replica_works_on_no_more_messages_of_a_kind_at_once_than_its_handler_allows()
    {
        var (running, most) = (0, 0);
        var probe = new Probe(
            async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return OutboxResult.Finished;
            },
            maxParallel: 1);
        var replica = new Replica(_database.DataSource, _clock, probe);
        await replica.EnqueueAsync("one", "two", "three", "four");

        await DrainAsync(replica);

        most.ShouldBe(1);
        probe.Seen.Count.ShouldBe(4);
        (await _database.DataSource.RowsAsync()).ShouldAllBe(row => row.IsDone);
    }

    [Fact]
    public async Task One_look_takes_of_each_kind_what_may_run_and_fills_the_other_places_with_other_kinds()
    {
        var limited = new Probe((_, _) => Done(), maxParallel: 2);
        var other = new Probe((_, _) => Done(), kind: Probe.OtherKind);
        var replica = new Replica(_database.DataSource, _clock, limited, new OutboxOptions { Parallelism = 5 }, other);
        await replica.EnqueueAsync([.. Enumerable.Range(0, 10).Select(n => $"limited-{n}")]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await replica.EnqueueAsync(Probe.OtherKind, [.. Enumerable.Range(0, 10).Select(n => $"other-{n}")]);

        (await replica.RunOnceAsync()).ShouldBe(5);

        limited.Seen.Count.ShouldBe(2);
        other.Seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_has_been_due_longest_runs_first_whatever_its_kind()
    {
        var probe = new Probe((_, _) => Done());
        var other = new Probe((_, _) => Done(), kind: Probe.OtherKind);
        var replica = new Replica(_database.DataSource, _clock, probe, new OutboxOptions { Parallelism = 1 }, other);
        await replica.EnqueueAsync("first");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await replica.EnqueueAsync(Probe.OtherKind, "second");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await replica.EnqueueAsync("third");

        (await replica.RunOnceAsync()).ShouldBe(1);
        probe.Seen.ShouldHaveSingleItem().Payload.Name.ShouldBe("first");
        (await replica.RunOnceAsync()).ShouldBe(1);
        other.Seen.ShouldHaveSingleItem();
        (await replica.RunOnceAsync()).ShouldBe(1);
        probe.Seen.Select(message => message.Payload.Name).ShouldBe(["first", "third"]);
    }

    [Fact]
    public async Task A_use_case_that_fails_leaves_no_message()
    {
        var (replica, _) = Start((_, _) => Done());

        await Should.ThrowAsync<InvalidOperationException>(() => replica.Transactions.RunAsync<bool>(
            Guid.CreateVersion7(),
            async (unit, ct) =>
            {
                unit.Enqueue(Probe.OutboxKind, Guid.CreateVersion7(), new ProbePayload("never"));
                await unit.FlushAsync(ct);
                throw new InvalidOperationException();
            },
            TestContext.Current.CancellationToken));

        (await replica.RunOnceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Two_workers_never_do_one_message_twice()
    {
        var running = new ConcurrentDictionary<Guid, bool>();
        async Task<OutboxResult> HandleAsync(OutboxMessage<ProbePayload> message, CancellationToken ct)
        {
            running.TryAdd(message.Id, true).ShouldBeTrue("the message runs already");
            await Task.Yield();
            running.TryRemove(message.Id, out _);
            return OutboxResult.Finished;
        }

        var (first, firstProbe) = Start(HandleAsync);
        var (second, secondProbe) = Start(HandleAsync);
        await first.EnqueueAsync([.. Enumerable.Range(0, 100).Select(n => $"message-{n}")]);

        await Task.WhenAll(DrainAsync(first), DrainAsync(second));

        firstProbe.Seen.Concat(secondProbe.Seen).Select(message => message.Payload.Name).ShouldBeUnique();
        (firstProbe.Seen.Count + secondProbe.Seen.Count).ShouldBe(100);
        (await _database.DataSource.RowsAsync()).ShouldAllBe(row => row.IsDone && row.Attempts == 1);
    }

    [Fact]
    public async Task Who_lost_the_lease_meanwhile_changes_nothing()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource<OutboxResult>();
        var (slow, _) = Start((_, _) =>
        {
            started.SetResult();
            return release.Task;
        });
        var (fast, _) = Start((_, _) => Done("fast"));
        await slow.EnqueueAsync("one");
        var paused = slow.RunOnceAsync();
        await started.Task;

        await _database.DataSource.EndLeasesAsync();
        (await fast.RunOnceAsync()).ShouldBe(1);
        release.SetResult(new OutboxResult.Done((unit, _) => OutboxRows.Mark(unit, "slow")));
        await paused;

        (await _database.DataSource.MarksAsync()).ShouldBe(["fast"]);
        (await RowAsync()).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_whose_worker_died_is_taken_over_when_its_lease_is_over()
    {
        var (replica, probe) = Start((_, _) => Done());
        await replica.EnqueueAsync("one");
        (await ClaimAsync(replica)).ShouldNotBeNull();

        (await replica.RunOnceAsync()).ShouldBe(0);
        await _database.DataSource.EndLeasesAsync();

        (await replica.RunOnceAsync()).ShouldBe(1);
        probe.Seen.ShouldHaveSingleItem().Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_renewed_lease_holds_and_a_lost_one_can_not_be_renewed()
    {
        var (replica, _) = Start((_, _) => Done());
        await replica.EnqueueAsync("one");
        var first = (await ClaimAsync(replica)).ShouldNotBeNull();
        await _database.DataSource.EndLeasesAsync();

        (await replica.Table.RenewAsync(first, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await ClaimAsync(replica)).ShouldBeNull();
        await _database.DataSource.EndLeasesAsync();
        (await ClaimAsync(replica)).ShouldNotBeNull();
        (await replica.Table.RenewAsync(first, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_time_that_the_other_side_asked_for_is_kept()
    {
        var (replica, probe) = Start((_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Retry("busy", TimeSpan.FromHours(3))));
        await replica.EnqueueAsync("one");
        await replica.RunOnceAsync();

        _clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1));
        (await replica.RunOnceAsync()).ShouldBe(0);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await replica.RunOnceAsync()).ShouldBe(1);

        probe.Seen.Select(message => message.Attempts).ShouldBe([1, 2]);
        (await RowAsync()).LastError.ShouldBe("busy");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3600, 1)]
    [InlineData(30, 30)]
    [InlineData(315_360_000, 86_400)]
    public async Task A_pause_that_the_other_side_asks_for_is_kept_between_a_second_and_a_day(int asked, int expected)
    {
        var pause = TimeSpan.FromSeconds(asked);
        var (replica, _) = Start((message, _) => Task.FromResult<OutboxResult>(
            message.Payload.Name == "retry" ? new OutboxResult.Retry("busy", pause) : new OutboxResult.Wait("busy", pause)));
        await replica.EnqueueAsync("retry", "wait");

        (await replica.RunOnceAsync()).ShouldBe(2);

        (await _database.DataSource.RowsAsync()).ShouldAllBe(row => row.DueAt == _clock.GetUtcNow().AddSeconds(expected));
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_and_the_lease_holds()
    {
        var release = new TaskCompletionSource<OutboxResult>();
        var (replica, probe) = Start((_, ct) => release.Task.WaitAsync(ct));
        await replica.EnqueueAsync("one");
        var running = replica.RunOnceAsync();
        await Eventually.HoldsAsync(() => !probe.Seen.IsEmpty);
        await _database.DataSource.BreakRenewalsAsync();
        _clock.Advance(Beat);
        await Eventually.HoldsAsync(async () => await _database.DataSource.RenewalsRefusedAsync() == 1);
        await _database.DataSource.MendRenewalsAsync();
        await _database.DataSource.EndLeasesAsync();

        _clock.Advance(Beat);
        await Eventually.HoldsAsync(async () => !await _database.DataSource.IsLeaseOverAsync());
        (await ClaimAsync(replica)).ShouldBeNull();
        release.SetResult(OutboxResult.Finished);

        (await running).ShouldBe(1);
        (await RowAsync()).ShouldSatisfyAllConditions(row => row.IsDone.ShouldBeTrue(), row => row.Attempts.ShouldBe(1));
    }

    [Fact]
    public async Task A_handler_whose_lease_can_be_over_is_stopped()
    {
        var (replica, probe) = Start(async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return OutboxResult.Finished;
        });
        await replica.EnqueueAsync("one");
        var running = replica.RunOnceAsync();
        await Eventually.HoldsAsync(() => !probe.Seen.IsEmpty);
        await _database.DataSource.BreakRenewalsAsync();

        for (var beat = 1; beat <= 2; beat++)
        {
            _clock.Advance(Beat);
            await Eventually.HoldsAsync(async () => await _database.DataSource.RenewalsRefusedAsync() == beat);
            running.IsCompleted.ShouldBeFalse();
        }

        _clock.Advance(Beat);

        (await running).ShouldBe(1);
        (await RowAsync()).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task Waiting_for_the_world_counts_as_no_attempt()
    {
        var (replica, probe) = Start(
            (_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Wait("account_missing", TimeSpan.FromMinutes(1))),
            new OutboxOptions { MaxAttempts = 2 });
        await replica.EnqueueAsync("one");

        for (var i = 0; i < 5; i++)
        {
            (await replica.RunOnceAsync()).ShouldBe(1);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        probe.Seen.ShouldAllBe(message => message.Attempts == 1);
        (await RowAsync()).ShouldSatisfyAllConditions(row => row.IsDead.ShouldBeFalse(), row => row.Attempts.ShouldBe(0));
    }

    [Fact]
    public async Task What_is_enqueued_at_every_look_is_there_once_per_look()
    {
        var (replica, _) = Start((_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Wait(
            "account_missing",
            TimeSpan.FromMinutes(1),
            (unit, _) =>
            {
                unit.Enqueue(Probe.OutboxKind, Guid.CreateVersion7(), new ProbePayload("follow-up"), _clock.GetUtcNow().AddDays(1));
                return Task.CompletedTask;
            })));
        await replica.EnqueueAsync("one");

        for (var i = 0; i < 3; i++)
        {
            (await replica.RunOnceAsync()).ShouldBe(1);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await _database.DataSource.RowsAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task After_too_many_attempts_a_message_is_dead_and_its_stream_is_told_in_the_same_transaction()
    {
        var probe = new Probe((_, _) => throw new InvalidOperationException("broken"))
        {
            Buried = (unit, code, _) => OutboxRows.Mark(unit, $"dead of {code}"),
        };
        var replica = new Replica(_database.DataSource, _clock, probe, new OutboxOptions { MaxAttempts = 3 });
        await replica.EnqueueAsync("one");

        for (var i = 0; i < 3; i++)
        {
            (await replica.RunOnceAsync()).ShouldBe(1);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        (await replica.RunOnceAsync()).ShouldBe(0);
        probe.Seen.Count.ShouldBe(3);
        (await RowAsync()).ShouldSatisfyAllConditions(row => row.IsDead.ShouldBeTrue(), row => row.LastError.ShouldBe("handler_failed"));
        (await _database.DataSource.MarksAsync()).ShouldBe(["dead of handler_failed"]);
    }

    [Fact]
    public async Task A_message_that_can_not_work_is_dead_at_once()
    {
        var (replica, _) = Start((_, _) => Task.FromResult<OutboxResult>(
            new OutboxResult.Dead("mailbox_unknown", (unit, _) => OutboxRows.Mark(unit, "effect"))));
        await replica.EnqueueAsync("one");

        await replica.RunOnceAsync();

        (await RowAsync()).IsDead.ShouldBeTrue();
        (await _database.DataSource.MarksAsync()).ShouldBe(["effect"]);
    }

    [Fact]
    public async Task A_message_that_kills_its_worker_each_time_dies_without_being_run_again()
    {
        var (replica, probe) = Start((_, _) => Done(), new OutboxOptions { MaxAttempts = 2 });
        await replica.EnqueueAsync("one");
        for (var i = 0; i < 2; i++)
        {
            (await ClaimAsync(replica)).ShouldNotBeNull();
            await _database.DataSource.EndLeasesAsync();
        }

        await replica.RunOnceAsync();

        probe.Seen.ShouldBeEmpty();
        (await RowAsync()).LastError.ShouldBe("crashed_repeatedly");
    }

    [Fact]
    public async Task A_stop_gives_the_message_back_without_counting_the_attempt()
    {
        var started = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var (replica, _) = Start(async (_, ct) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return OutboxResult.Finished;
        });
        await replica.EnqueueAsync("one");
        var running = replica.Worker.RunOnceAsync(stop.Token);
        await started.Task;

        await stop.CancelAsync();
        await running;

        (await RowAsync()).ShouldSatisfyAllConditions(row => row.Attempts.ShouldBe(0), row => row.IsLeased.ShouldBeFalse());
    }

    [Fact]
    public async Task The_age_of_the_oldest_due_message_is_told()
    {
        var (replica, _) = Start((_, _) => Done());
        (await AgeAsync(replica)).ShouldBe(TimeSpan.Zero);
        await replica.EnqueueAsync("one");
        _clock.Advance(TimeSpan.FromMinutes(7));

        (await AgeAsync(replica)).ShouldBe(TimeSpan.FromMinutes(7));
        await replica.RunOnceAsync();
        (await AgeAsync(replica)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Done_messages_are_deleted_when_nobody_asks_for_them_any_more()
    {
        var (replica, _) = Start((_, _) => Done());
        await replica.EnqueueAsync("one");
        await replica.RunOnceAsync();

        (await replica.Table.PurgeDoneAsync(_clock.GetUtcNow(), TestContext.Current.CancellationToken)).ShouldBe(0);
        (await replica.Table.PurgeDoneAsync(_clock.GetUtcNow().AddSeconds(1), TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    private (Replica Replica, Probe Probe) Start(
        Func<OutboxMessage<ProbePayload>, CancellationToken, Task<OutboxResult>> handle, OutboxOptions? options = null)
    {
        var probe = new Probe(handle);
        return (new Replica(_database.DataSource, _clock, probe, options), probe);
    }

    private static Task<OutboxResult> Done(string? mark = null) => Task.FromResult<OutboxResult>(
        mark is null ? OutboxResult.Finished : new OutboxResult.Done((unit, _) => OutboxRows.Mark(unit, mark)));

    private static async Task DrainAsync(Replica replica)
    {
        while (await replica.RunOnceAsync() > 0)
        {
        }
    }

    private async Task<OutboxRows.Row> RowAsync() => (await _database.DataSource.RowsAsync()).Single();

    private Task<OutboxMessage?> ClaimAsync(Replica replica) => replica.Table.ClaimOneAsync("probe", _clock.GetUtcNow());

    private Task<TimeSpan> AgeAsync(Replica replica) =>
        replica.Table.OldestDueAgeAsync(_clock.GetUtcNow(), TestContext.Current.CancellationToken);
}
