using Companion.Foundation.Outbox;

namespace Companion.Host.Doctor;

internal sealed class DatabaseExamination(NpgsqlDataSource dataSource, Migrator migrator, OutboxTable outbox, TimeProvider clock) : Examination
{
    private static readonly TimeSpan LongestDue = TimeSpan.FromMinutes(5);

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var findings = await ServerAsync(cancellationToken);
            if ((await migrator.PendingAsync(cancellationToken)).Count > 0)
            {
                return [.. findings, Finding.Problem("The tables are not those of this version. Run `companion migrate` with a role that may create tables.")];
            }

            return [.. findings, await WriteAsync(cancellationToken), .. await RightsAsync(cancellationToken), .. await TimelineAsync(cancellationToken), .. await WorkAsync(cancellationToken)];
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            return [Finding.Problem("The database does not answer. Check Database:ConnectionString and that it runs.")];
        }
        catch (PostgresException exception)
        {
            return [Finding.Problem($"The database refuses: {exception.MessageText} ({exception.SqlState}). Check the role of Database:ConnectionString.")];
        }
    }

    private async Task<IReadOnlyList<Finding>> ServerAsync(CancellationToken cancellationToken)
    {
        var durable = await dataSource.DurabilityAsync(cancellationToken) switch
        {
            (_, "off") => Finding.Problem("fsync is off: a power cut can destroy the database. Switch it on."),
            ("off", _) => Finding.Problem("synchronous_commit is off: a crash loses invites that were confirmed. Switch it on, for this role at least."),
            _ => Finding.Good("Commits are durable."),
        };
        var now = (await dataSource.QueryAsync("select clock_timestamp()", reader => reader.GetFieldValue<DateTimeOffset>(0), [], cancellationToken))[0];
        return [durable, ClockSkew.Judge("the database", now, clock.GetUtcNow())];
    }

    private async Task<Finding> WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await dataSource.ProbeWriteAsync(cancellationToken);
            return Finding.Good("Writing works.");
        }
        catch (PostgresException exception)
        {
            return Finding.Problem($"Writing does not work: {exception.MessageText} ({exception.SqlState}). Check the disk, and whether this is a standby or the role lacks rights.");
        }
    }

    private async Task<IReadOnlyList<Finding>> RightsAsync(CancellationToken cancellationToken)
    {
        var tables = await dataSource.QueryAsync(
            """
            select n.nspname || '.' || c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('events', 'companion') and c.relkind = 'r' and c.relname <> 'migration'
              and not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
                and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete'))
            order by 1
            """,
            reader => reader.GetString(0),
            [],
            cancellationToken);
        return tables.Count == 0
            ? [Finding.Good("The role may read and write every table.")]
            : [Finding.Problem($"The role lacks rights on {string.Join(", ", tables)}. Grant select, insert, update and delete.")];
    }

    /// <summary>The feed hands out only what is older than the running transactions: entries that another cluster numbered may be newer than all of them.</summary>
    private async Task<IReadOnlyList<Finding>> TimelineAsync(CancellationToken cancellationToken)
    {
        var isForeign = (await dataSource.QueryAsync(
            "select exists (select from companion.timeline_entry where xid >= pg_snapshot_xmax(pg_current_snapshot()))",
            reader => reader.GetBoolean(0),
            [],
            cancellationToken))[0];
        return isForeign
            ? [Finding.Problem("The timeline was restored from another database server, and its feed hides entries. Run `companion rebuild --timeline`.")]
            : [];
    }

    private async Task<IReadOnlyList<Finding>> WorkAsync(CancellationToken cancellationToken)
    {
        var age = await outbox.OldestDueAgeAsync(clock.GetUtcNow(), cancellationToken);
        var dead = (await dataSource.QueryAsync(
            "select count(*) from companion.outbox_message where dead_at is not null", reader => reader.GetInt64(0), [], cancellationToken))[0];
        List<Finding> findings = [];
        if (age > LongestDue)
        {
            findings.Add(Finding.Problem(string.Create(
                CultureInfo.InvariantCulture,
                $"Work has been due for {age.TotalMinutes:0} minutes. See that a companion with Outbox:Enabled runs, and what `companion outbox list` says.")));
        }

        if (dead > 0)
        {
            findings.Add(Finding.Advice(string.Create(
                CultureInfo.InvariantCulture,
                $"{dead} messages are dead. `companion outbox list --state dead` shows why; `companion outbox retry` revives them.")));
        }

        return findings.Count == 0 ? [Finding.Good("No work is overdue or dead.")] : findings;
    }
}
