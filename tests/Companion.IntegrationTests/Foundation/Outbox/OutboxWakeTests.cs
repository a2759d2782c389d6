using Companion.Foundation.Outbox;
using Companion.Foundation.Store;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Outbox;

/// <summary>The worker as a service that runs by itself, on the system's clock.</summary>
public sealed class OutboxWakeTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(postgres);
    private readonly List<Microsoft.Extensions.Hosting.IHostedService> _running = [];

    /// <summary>What runs was not found by polling.</summary>
    private static OutboxOptions NeverPolling => new() { PollInterval = TimeSpan.FromHours(1) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Select(service => service.StopAsync(CancellationToken.None)));
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Without_notifications_work_is_found_by_polling()
    {
        var probe = Finisher();
        var replica = await RunAsync(probe, new OutboxOptions { PollInterval = TimeSpan.FromMilliseconds(50) }, listen: false);

        await new Replica(_database.DataSource, TimeProvider.System, probe).EnqueueAsync("one");

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()) is [{ IsDone: true }]);
        probe.Seen.Count.ShouldBe(1);
        replica.ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_replicas_transaction_wakes_the_worker()
    {
        var probe = Finisher();
        await RunAsync(probe, NeverPolling, listen: true);
        await Eventually.HoldsAsync(async () => await ListenersAsync() == 1);
        var other = new Replica(_database.DataSource, TimeProvider.System, probe);
        _running.Add(other.Notifier);
        await other.Notifier.StartAsync(Cancel);

        await other.EnqueueAsync("one");

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()) is [{ IsDone: true }]);
    }

    [Fact]
    public async Task What_falls_due_soon_runs_then_without_being_polled_for()
    {
        var replica = await RunAsync(Finisher(), NeverPolling, listen: false);

        await replica.EnqueueAsync(Probe.OutboxKind, TimeSpan.FromMilliseconds(300), "one");

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()) is [{ IsDone: true }]);
    }

    [Fact]
    public async Task A_second_try_runs_when_it_is_due_without_being_polled_for()
    {
        var probe = new Probe((message, _) => Task.FromResult(
            message.Attempts == 1 ? new OutboxResult.Retry("busy", TimeSpan.FromSeconds(1)) : OutboxResult.Finished));
        var replica = await RunAsync(probe, NeverPolling, listen: false);

        await replica.EnqueueAsync("one");

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()) is [{ IsDone: true }]);
        probe.Seen.Select(message => message.Attempts).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task What_another_transaction_holds_is_looked_at_again_without_being_polled_for()
    {
        var replica = new Replica(_database.DataSource, TimeProvider.System, Finisher(), NeverPolling);
        await replica.EnqueueAsync("one");
        await _database.DataSource.CountLooksAsync();
        await using (var connection = await _database.DataSource.OpenConnectionAsync(Cancel))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await using var hold = new NpgsqlCommand("select id from companion.outbox_message for update", connection);
            await hold.ExecuteNonQueryAsync(Cancel);
            _running.Add(replica.Worker);
            await replica.Worker.StartAsync(Cancel);
            await Eventually.HoldsAsync(async () => await _database.DataSource.LooksAsync() >= 2);
        }

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()) is [{ IsDone: true }]);
    }

    [Fact]
    public async Task However_many_places_it_has_an_idle_worker_looks_once_when_it_is_woken()
    {
        await _database.DataSource.CountLooksAsync();
        var replica = await RunAsync(Finisher(), NeverPolling, listen: false);

        for (var looks = 1; looks <= 5; looks++)
        {
            await Eventually.HoldsAsync(async () => await _database.DataSource.LooksAsync() >= looks);
            replica.Signal.Set();
        }

        await Eventually.HoldsAsync(async () => await _database.DataSource.LooksAsync() >= 6);
        (await _database.DataSource.LooksAsync()).ShouldBe(6);
    }

    [Fact]
    public async Task A_worker_that_stops_gives_back_what_it_has_begun()
    {
        var probe = new Probe(async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return OutboxResult.Finished;
        });
        var replica = await RunAsync(probe, NeverPolling, listen: false);
        await replica.EnqueueAsync("one", "two", "three");
        await Eventually.HoldsAsync(() => probe.Seen.Count == 3);

        await replica.Worker.StopAsync(Cancel);

        (await _database.DataSource.RowsAsync()).ShouldAllBe(row => !row.IsLeased && row.Attempts == 0);
    }

    [Fact]
    public async Task A_slow_message_holds_up_no_other()
    {
        var release = new TaskCompletionSource();
        var probe = new Probe(async (message, ct) =>
        {
            if (message.Payload.Name == "slow")
            {
                await release.Task.WaitAsync(ct);
            }

            return OutboxResult.Finished;
        });
        var replica = await RunAsync(probe, new OutboxOptions { Parallelism = 2, PollInterval = TimeSpan.FromMilliseconds(50) }, listen: false);
        await replica.EnqueueAsync(["slow", .. Enumerable.Range(0, 20).Select(n => $"quick-{n}")]);

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()).Count(row => row.IsDone) == 20);
        (await _database.DataSource.RowsAsync()).Count(row => row.IsLeased).ShouldBe(1);
        release.SetResult();

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()).All(row => row.IsDone));
        probe.Seen.Select(message => message.Payload.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task A_kind_at_its_limit_holds_no_slot_that_another_kind_needs()
    {
        var release = new TaskCompletionSource();
        var silent = new Probe(
            async (_, ct) =>
            {
                await release.Task.WaitAsync(ct);
                return OutboxResult.Finished;
            },
            maxParallel: 1);
        var quick = new Probe((_, _) => Task.FromResult(OutboxResult.Finished), kind: Probe.OtherKind);
        var options = new OutboxOptions { Parallelism = 4, PollInterval = TimeSpan.FromMilliseconds(50) };
        var replica = new Replica(_database.DataSource, TimeProvider.System, silent, options, quick);
        await replica.EnqueueAsync([.. Enumerable.Range(0, 10).Select(n => $"silent-{n}")]);
        _running.Add(replica.Worker);
        await replica.Worker.StartAsync(Cancel);
        await Eventually.HoldsAsync(() => !silent.Seen.IsEmpty);

        await replica.EnqueueAsync(Probe.OtherKind, [.. Enumerable.Range(0, 10).Select(n => $"quick-{n}")]);
        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()).Count(row => row.IsDone) == 10);
        (await _database.DataSource.RowsAsync()).Count(row => row.IsLeased).ShouldBe(1);
        release.SetResult();

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()).All(row => row.IsDone));
        silent.Seen.Select(message => message.Payload.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task A_handler_that_runs_longer_than_the_lease_keeps_it()
    {
        var release = new TaskCompletionSource();
        var probe = new Probe(async (_, ct) =>
        {
            await release.Task.WaitAsync(ct);
            return OutboxResult.Finished;
        });
        var replica = await RunAsync(probe, new OutboxOptions { Lease = TimeSpan.FromSeconds(3), PollInterval = TimeSpan.FromMilliseconds(50) }, listen: false);
        await replica.EnqueueAsync("one");
        await Eventually.HoldsAsync(() => !probe.Seen.IsEmpty);
        var claimed = await LeaseEndAsync();

        await Eventually.HoldsAsync(async () => await LeaseEndAsync() > claimed + TimeSpan.FromSeconds(3));
        release.SetResult();

        await Eventually.HoldsAsync(async () => (await _database.DataSource.RowsAsync()) is [{ IsDone: true }]);
        probe.Seen.Count.ShouldBe(1);
    }

    private static Probe Finisher() => new((_, _) => Task.FromResult(OutboxResult.Finished));

    private async Task<Replica> RunAsync(Probe probe, OutboxOptions options, bool listen)
    {
        var replica = new Replica(_database.DataSource, TimeProvider.System, probe, options);
        _running.Add(replica.Worker);
        if (listen)
        {
            _running.Add(replica.Listener);
        }

        foreach (var service in _running)
        {
            await service.StartAsync(Cancel);
        }

        return replica;
    }

    private async Task<long> ListenersAsync() => (await _database.DataSource.QueryAsync(
        "select count(*) from pg_stat_activity where datname = current_database() and query like 'listen %'",
        reader => reader.GetInt64(0),
        [],
        Cancel)).Single();

    private async Task<DateTimeOffset> LeaseEndAsync() => (await _database.DataSource.QueryAsync(
        "select leased_until from companion.outbox_message", reader => reader.GetFieldValue<DateTimeOffset>(0), [], Cancel)).Single();
}
