using System.Net;
using System.Text.Json;
using Npgsql;
using Sandbox;
using Sandbox.Components;
using Sandbox.Postgres;

namespace Companion.IntegrationTests.Foundation.Web;

public sealed class HealthTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_companion_that_can_work_is_ready()
    {
        await using var host = await CompanionHost.StartAsync(postgres, _ => { });

        (await LookAsync(host)).ShouldBe("200");
    }

    [Fact]
    public async Task Asynchronous_commits_make_it_not_ready()
    {
        await using var host = await CompanionHost.StartAsync(postgres, _ => { });
        await postgres.ExecuteAsync($"alter database {DatabaseOf(host)} set synchronous_commit = off");
        await postgres.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{DatabaseOf(host)}'");

        await Eventually.HoldsAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(2)); // time between attempts to fetch the first keys
            return await LookAsync(host) == "503 synchronous_commit_off";
        });
        (await host.Anonymous.GetAsync("/health/live", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_server_that_may_forget_commits_in_a_crash_makes_it_not_ready()
    {
        using var folder = new RunFolder();
        var binaries = await PostgresBinaries.EnsureAsync(ComponentSettings.FromEnvironment(), Cancel);
        await using var cluster = await PostgresCluster.StartAsync(binaries, folder.Sub("postgres"), new PostgresSettings { Fsync = false }, Cancel);
        await using var host = await CompanionHost.StartAsync(postgres, settings =>
        {
            settings.Configuration["Database:ConnectionString"] = cluster.ConnectionString("postgres");
            settings.Configuration["Database:MigrateAtStart"] = "true";
        });

        (await LookAsync(host)).ShouldBe("503 fsync_off");
    }

    [Fact]
    public async Task A_database_without_the_migrations_makes_it_not_ready()
    {
        var empty = await postgres.CreateEmptyDatabaseAsync();
        await using (var host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration["Database:ConnectionString"] = empty))
        {
            (await LookAsync(host)).ShouldBe("503 migrations_pending");
        }

        await postgres.DropDatabaseAsync(empty);
    }

    [Fact]
    public async Task Missing_signing_keys_make_it_not_ready()
    {
        await using var host = await CompanionHost.StartAsync(postgres, _ => { });
        host.Tokens.IsDown = true;

        (await LookAsync(host)).ShouldBe("503 signing_keys_missing");
    }

    [Fact]
    public async Task A_database_that_is_away_makes_it_not_ready()
    {
        await using var host = await CompanionHost.StartAsync(postgres, settings =>
            settings.Configuration["Database:ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none");

        (await LookAsync(host)).ShouldBe("503 database_unavailable");
    }

    private static string? DatabaseOf(CompanionHost host) => new NpgsqlConnectionStringBuilder(host.ConnectionString).Database;

    private static async Task<string> LookAsync(CompanionHost host)
    {
        var answer = await host.Anonymous.GetAsync("/health/ready", Cancel);
        var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Cancel));
        return $"{(int)answer.StatusCode} {string.Join(' ', body.GetProperty("problems").EnumerateArray())}".TrimEnd();
    }
}
