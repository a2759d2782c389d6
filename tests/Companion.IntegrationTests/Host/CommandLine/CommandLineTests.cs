using System.Security.Cryptography;
using System.Text.Json;
using Companion.Foundation.Outbox;
using Companion.Foundation.Store;
using Companion.Host.CommandLine;
using Companion.IntegrationTests.Foundation.Outbox;
using Companion.IntegrationTests.Foundation.Store;
using Microsoft.Extensions.Configuration;

namespace Companion.IntegrationTests.Host.CommandLine;

public sealed class CommandLineTests(PostgresFixture postgres)
{
    private const string Away = "Host=127.0.0.1;Port=1;Username=x;Password=x";

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("migrate", "--help")]
    [InlineData("rebuild", "--help")]
    [InlineData("policy", "--help")]
    [InlineData("policy", "try", "--help")]
    [InlineData("outbox", "--help")]
    [InlineData("outbox", "list", "--help")]
    [InlineData("outbox", "retry", "--help")]
    [InlineData("timeline", "--help")]
    [InlineData("timeline", "verify", "--help")]
    [InlineData("timeline", "export", "--help")]
    [InlineData("erase", "--help")]
    public async Task Every_verb_explains_itself(params string[] args)
    {
        var (code, output, _) = await RunOnAsync(Away, args);

        code.ShouldBe(ExitCode.Ok);
        output.ShouldContain("Usage:");
    }

    [Fact]
    public async Task The_exit_codes_are_in_the_help() => (await RunOnAsync(Away, "--help")).Output.ReplaceLineEndings(" ").ShouldContain("Exit codes");

    [Theory]
    [InlineData("fly")]
    [InlineData("outbox")]
    [InlineData("outbox", "list", "--limit", "0")]
    [InlineData("outbox", "list", "--state", "lost")]
    [InlineData("outbox", "retry")]
    [InlineData("outbox", "retry", "7")]
    [InlineData("timeline", "export", "--format", "xml")]
    [InlineData("timeline", "export", "--from", "bi4x")]
    [InlineData("timeline", "export", "--since", "yesterday")]
    [InlineData("timeline", "export", "--until", "tomorrow")]
    public async Task Wrong_usage_has_a_code_of_its_own(params string[] args)
    {
        var (code, _, error) = await RunOnAsync(Away, args);

        code.ShouldBe(ExitCode.Usage);
        error.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Migrate_says_what_it_did_and_a_second_run_has_nothing_to_do()
    {
        var empty = await postgres.CreateEmptyDatabaseAsync();

        (await RunOnAsync(empty, "migrate")).Output.ShouldContain($"applied {Migrator.Shipped[0]}");
        (await RunOnAsync(empty, "migrate")).Output.ShouldContain("Nothing to do");
        await postgres.DropDatabaseAsync(empty);
    }

    [Fact]
    public async Task Migrate_by_a_role_without_rights_says_whom_to_use()
    {
        var empty = await postgres.CreateEmptyDatabaseAsync();
        await using (var role = await TestRole.CreateAsync(postgres, empty))
        {
            var (code, _, error) = await RunOnAsync(role.ConnectionString, "migrate");

            code.ShouldBe(ExitCode.Unavailable);
            error.ShouldContain("with a role that may");
        }

        await postgres.DropDatabaseAsync(empty);
    }

    [Fact]
    public async Task A_database_that_is_away_has_a_code_of_its_own() =>
        (await RunOnAsync(Away, "outbox", "list")).Code.ShouldBe(ExitCode.Unavailable);

    [Fact]
    public async Task A_missing_setting_has_a_code_of_its_own_and_is_named()
    {
        var (code, _, error) = await RunOnAsync("", "migrate");

        code.ShouldBe(ExitCode.Configuration);
        error.ShouldContain("Database:ConnectionString");
    }

    [Fact]
    public async Task A_start_without_settings_names_all_that_is_missing()
    {
        var (code, _, error) = await RunOnAsync("", "serve");

        code.ShouldBe(ExitCode.Configuration);
        error.ShouldSatisfyAllConditions(
            text => text.ShouldContain("Database:ConnectionString"),
            text => text.ShouldContain("Security:MasterKey"),
            text => text.ShouldContain("Keycloak:Realm"),
            text => text.ShouldContain("Webhooks:Secret"),
            text => text.ShouldNotContain("   at "));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("doctor")]
    public async Task A_mail_template_that_cant_be_used_is_named_with_all_that_is_missing(string verb)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "top.html.scriban"), "<p>\n{{ nmae }}", TestContext.Current.CancellationToken);

            var (code, output, error) = await RunWithAsync([new("Mail:TemplateFolder", folder.FullName)], verb);

            code.ShouldNotBe(ExitCode.Ok);
            (output + error).ShouldSatisfyAllConditions(
                text => text.ShouldContain("Mail template top.html.scriban, line 2, column 4: there is no value `nmae` here."),
                text => text.ShouldContain("Security:MasterKey"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_database_without_tables_says_to_migrate()
    {
        var empty = await postgres.CreateEmptyDatabaseAsync();

        (await RunOnAsync(empty, "outbox", "list")).Error.ShouldContain("companion migrate");
        await postgres.DropDatabaseAsync(empty);
    }

    [Fact]
    public async Task Dead_messages_are_listed_for_scripts_and_made_due_again()
    {
        await using var database = await NewDatabaseAsync();
        var probe = new Probe((_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Dead("mailbox_unknown")));
        var replica = new Replica(database.DataSource, TimeProvider.System, probe);
        await replica.EnqueueAsync("one", "two");
        await replica.RunOnceAsync();

        var listed = JsonDocument.Parse((await RunOnAsync(database.ConnectionString, "outbox", "list", "--state", "dead", "--json")).Output).RootElement;
        listed.GetArrayLength().ShouldBe(2);
        listed[0].GetProperty("lastError").GetString().ShouldBe("mailbox_unknown");
        listed[0].TryGetProperty("payload", out _).ShouldBeFalse();

        (await RunOnAsync(database.ConnectionString, "outbox", "retry", listed[0].GetProperty("id").GetString()!)).Output.ShouldContain("1 messages are due again");
        (await RunOnAsync(database.ConnectionString, "outbox", "retry", "--all")).Output.ShouldContain("1 messages are due again");
        (await RunOnAsync(database.ConnectionString, "outbox", "retry", "--all")).Output.ShouldContain("0 messages are due again");
        (await RunOnAsync(database.ConnectionString, "outbox", "list", "--state", "due")).Output.ShouldContain("2 messages");
        (await database.DataSource.RowsAsync()).ShouldAllBe(row => row.Attempts == 0 && !row.IsDead);
    }

    [Fact]
    public async Task Rebuild_counts_what_it_did()
    {
        await using var database = await NewDatabaseAsync();
        var store = new StoreScene(database.DataSource);
        await store.IssueAsync();
        await store.IssueAsync();

        var (code, output, _) = await RunWithAsync(
            [
                new("Database:ConnectionString", database.ConnectionString),
                new("Security:MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ],
            "rebuild",
            "--timeline");

        code.ShouldBe(ExitCode.Ok);
        output.ShouldContain("2 streams rebuilt");
        output.ShouldContain("2 timeline entries written");
    }

    private async Task<TestDatabase> NewDatabaseAsync()
    {
        var database = new TestDatabase(postgres);
        await database.InitializeAsync();
        return database;
    }

    private static Task<(int Code, string Output, string Error)> RunOnAsync(string connectionString, params string[] args) =>
        RunWithAsync([new("Database:ConnectionString", connectionString)], args);

    private static async Task<(int Code, string Output, string Error)> RunWithAsync(KeyValuePair<string, string?>[] settings, params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var line = new CompanionCommandLine(output, error, builder => builder.Configuration.AddInMemoryCollection(settings));
        return (await line.RunAsync(args), output.ToString(), error.ToString());
    }
}
