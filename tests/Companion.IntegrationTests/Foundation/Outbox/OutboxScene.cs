using System.Diagnostics.Metrics;
using Companion.Foundation.Outbox;
using Companion.Foundation.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Outbox;

/// <summary>A worker as one replica has it, with a signal of its own.</summary>
internal sealed class Replica
{
    public Replica(NpgsqlDataSource dataSource, TimeProvider clock, OutboxHandler handler, OutboxOptions? options = null, OutboxHandler? second = null)
    {
        var configured = Options.Create(options ?? new OutboxOptions());
        Transactions = new Transactions(dataSource, MartenStore.Open(dataSource, []), clock, Signal, NullLogger<Transactions>.Instance);
        Table = new OutboxTable(dataSource);
        var metrics = new OutboxMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        OutboxHandler[] handlers = second is null ? [handler] : [handler, second];
        Worker = new OutboxWorker(
            Table,
            new OutboxAttempts(Transactions, handlers, metrics, configured, NullLogger<OutboxAttempts>.Instance),
            handlers,
            Signal,
            configured,
            clock,
            NullLogger<OutboxWorker>.Instance,
            NullLogger<OutboxLease>.Instance);
        Listener = new OutboxListener(dataSource, Signal, configured, clock, NullLogger<OutboxListener>.Instance);
        Notifier = new OutboxNotifier(dataSource, Signal, clock, NullLogger<OutboxNotifier>.Instance);
    }

    public OutboxSignal Signal { get; } = new();

    public Transactions Transactions { get; }

    public OutboxTable Table { get; }

    public OutboxWorker Worker { get; }

    public OutboxListener Listener { get; }

    public OutboxNotifier Notifier { get; }

    public Task<int> RunOnceAsync() => Worker.RunOnceAsync(TestContext.Current.CancellationToken);

    /// <summary>Queues messages in one transaction.</summary>
    public Task EnqueueAsync(params string[] names) => EnqueueAsync(Probe.OutboxKind, names);

    public Task EnqueueAsync(OutboxKind<ProbePayload> kind, params string[] names) => EnqueueAsync(kind, null, names);

    /// <param name="delay">How long after now they are due; null for at once.</param>
    public Task EnqueueAsync(OutboxKind<ProbePayload> kind, TimeSpan? delay, params string[] names) => Transactions.RunAsync(
        Guid.CreateVersion7(),
        (unit, _) =>
        {
            foreach (var name in names)
            {
                unit.Enqueue(kind, Guid.CreateVersion7(), new ProbePayload(name), unit.Now + delay);
            }

            return Task.FromResult(true);
        },
        TestContext.Current.CancellationToken);
}

internal static class OutboxRows
{
    /// <summary>As a replica that then dies: takes the message of this kind that has been due longest.</summary>
    public static async Task<OutboxMessage?> ClaimOneAsync(this OutboxTable table, string kind, DateTimeOffset now) => (await table.ClaimAsync(
        new OutboxOffer(1, new Dictionary<string, int> { [kind] = 1 }), TimeSpan.FromMinutes(1), now, TestContext.Current.CancellationToken))
        .Messages.SingleOrDefault();

    public sealed record Row(int Attempts, string? LastError, DateTimeOffset DueAt, bool IsDone, bool IsDead, bool IsLeased);

    public static Task<List<Row>> RowsAsync(this NpgsqlDataSource dataSource) => dataSource.QueryAsync(
        """
        select attempts, last_error, due_at, done_at is not null, dead_at is not null, leased_until is not null
        from companion.outbox_message order by id
        """,
        reader => new Row(
            reader.GetInt32(0),
            reader.IsDBNull(1) ? null : reader.GetString(1),
            reader.GetFieldValue<DateTimeOffset>(2),
            reader.GetBoolean(3),
            reader.GetBoolean(4),
            reader.GetBoolean(5)),
        [],
        TestContext.Current.CancellationToken);

    /// <summary>As after a replica stopped renewing: its time is over.</summary>
    public static Task EndLeasesAsync(this NpgsqlDataSource dataSource) => dataSource.ExecuteAsync(
        "update companion.outbox_message set leased_until = clock_timestamp() - interval '1 second' where leased_until is not null",
        [],
        TestContext.Current.CancellationToken);

    /// <summary>Whether another worker may take the only message.</summary>
    public static async Task<bool> IsLeaseOverAsync(this NpgsqlDataSource dataSource) => (await dataSource.QueryAsync(
        "select leased_until < clock_timestamp() from companion.outbox_message",
        reader => reader.GetBoolean(0),
        [],
        TestContext.Current.CancellationToken)).Single();

    /// <summary>Lets all renewals of leases fail, as when the database has just lost its connections, until it is mended.</summary>
    public static Task BreakRenewalsAsync(this NpgsqlDataSource dataSource) => dataSource.ExecuteAsync(
        """
        create sequence companion.renewals_tried;
        create function companion.refuse() returns trigger language plpgsql as
          $$ begin perform nextval('companion.renewals_tried'); raise exception 'refused'; end $$;
        create trigger refuse before update on companion.outbox_message for each row
          when (old.lease_owner is not null and new.lease_owner is not null) execute function companion.refuse();
        """,
        [],
        TestContext.Current.CancellationToken);

    public static Task MendRenewalsAsync(this NpgsqlDataSource dataSource) => dataSource.ExecuteAsync(
        "drop trigger refuse on companion.outbox_message", [], TestContext.Current.CancellationToken);

    public static Task<long> RenewalsRefusedAsync(this NpgsqlDataSource dataSource) =>
        dataSource.CountedAsync("select case when is_called then last_value else 0 end from companion.renewals_tried");

    /// <summary>Counts from now on how often a worker looks for work; enqueueing does not count.</summary>
    public static Task CountLooksAsync(this NpgsqlDataSource dataSource) => dataSource.ExecuteAsync(
        """
        create sequence companion.looks;
        create function companion.count_look() returns trigger language plpgsql as
          $$ begin perform nextval('companion.looks'); return null; end $$;
        create trigger count_look after update on companion.outbox_message for each statement execute function companion.count_look();
        """,
        [],
        TestContext.Current.CancellationToken);

    public static Task<long> LooksAsync(this NpgsqlDataSource dataSource) =>
        dataSource.CountedAsync("select case when is_called then last_value else 0 end from companion.looks");

    private static async Task<long> CountedAsync(this NpgsqlDataSource dataSource, string sql) => (await dataSource.QueryAsync(
        sql,
        reader => reader.GetInt64(0),
        [],
        TestContext.Current.CancellationToken)).Single();

    /// <summary>Marks that an effect's transaction was committed.</summary>
    public static Task Mark(UnitOfWork unit, string mark)
    {
        unit.Queue(
            "insert into companion.suppression (contact_hash, created_at) values (@mark, @now)",
            Param.Bytes("mark", System.Text.Encoding.UTF8.GetBytes(mark)),
            Param.Time("now", unit.Now));
        return Task.CompletedTask;
    }

    public static Task<List<string>> MarksAsync(this NpgsqlDataSource dataSource) => dataSource.QueryAsync(
        "select convert_from(contact_hash, 'UTF8') from companion.suppression order by 1",
        reader => reader.GetString(0),
        [],
        TestContext.Current.CancellationToken);
}
