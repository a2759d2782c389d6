using Companion.Foundation.Outbox;
using Companion.Foundation.Store;
using Companion.Host.Doctor;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Companion.IntegrationTests.Host.Doctor;

public sealed class DatabaseExaminationTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(postgres);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Work_that_is_overdue_or_dead_is_told()
    {
        await PlantAsync(
            """
            insert into companion.outbox_message (id, kind, payload, created_at, due_at, dead_at)
            values (gen_random_uuid(), 'invite_mail', '{}', now(), now() - interval '1 hour', null),
                   (gen_random_uuid(), 'invite_mail', '{}', now(), now(), now())
            """);

        var findings = await ExamineAsync(_database.DataSource);

        findings.ShouldContain(finding => finding.Kind == FindingKind.Problem && finding.Text.StartsWith("Work has been due for 60 minutes"));
        findings.ShouldContain(finding => finding.Kind == FindingKind.Advice && finding.Text.StartsWith("1 messages are dead"));
    }

    [Fact]
    public async Task A_timeline_from_another_server_is_told()
    {
        await PlantAsync("insert into companion.timeline_entry (xid, kind, type, at) values ('4611686018427387904', 'AdminEvent', 'invite_sent', now())");

        (await ProblemsAsync(_database.DataSource)).ShouldHaveSingleItem().ShouldContain("companion rebuild --timeline");
    }

    [Fact]
    public async Task A_role_that_may_not_write_everywhere_is_told_where()
    {
        var role = $"limited_{Guid.NewGuid():N}";
        await PlantAsync(
            $"""
            create role {role};
            grant usage on schema events, companion to {role};
            grant select, insert, update, delete on all tables in schema events, companion to {role};
            revoke insert on companion.outbox_message from {role};
            revoke update on companion.write_probe from {role};
            """);
        await using var limited = NpgsqlDataSource.Create($"{_database.ConnectionString};Options=-c role={role};Pooling=false");

        var problems = await ProblemsAsync(limited);

        problems.ShouldContain(text => text.Contains("Writing does not work"));
        problems.ShouldContain(text => text.Contains("companion.outbox_message, companion.write_probe"));
        await PlantAsync($"drop owned by {role}; drop role {role}");
    }

    [Fact]
    public async Task A_database_of_another_version_is_told()
    {
        await PlantAsync("delete from companion.migration where name = (select max(name) from companion.migration)");

        (await ProblemsAsync(_database.DataSource)).ShouldHaveSingleItem().ShouldContain("companion migrate");
    }

    private static Task<IReadOnlyList<Finding>> ExamineAsync(NpgsqlDataSource dataSource) =>
        new DatabaseExamination(dataSource, new Migrator(dataSource, NullLogger<Migrator>.Instance), new OutboxTable(dataSource), TimeProvider.System)
            .RunAsync(TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<string>> ProblemsAsync(NpgsqlDataSource dataSource) =>
        [.. (await ExamineAsync(dataSource)).Where(finding => finding.Kind == FindingKind.Problem).Select(finding => finding.Text)];

    private Task PlantAsync(string sql) => _database.DataSource.ExecuteAsync(sql, [], TestContext.Current.CancellationToken);
}
