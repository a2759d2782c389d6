using System.Net;
using System.Text.Json;
using Companion.Host;
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

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task The_answer_is_a_status_and_codes_to_everybody_who_gets_it(string name)
    {
        await using var host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration["Hosting:AnonymousRequestsPerMinute"] = "1");
        for (var i = 0; i < 3; i++)
        {
            var answer = await host.Anonymous.GetAsync($"/health/{name}", Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("""{"status":"ok","problems":[]}""");
        }

        (await host.Anonymous.PostAsync($"/health/{name}", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task One_look_serves_all_who_ask_within_a_second()
    {
        await using var host = await CompanionHost.StartAsync(postgres, _ => { });
        (await LookAsync(host)).ShouldBe("200");
        await postgres.ExecuteAsync($"alter database {DatabaseOf(host)} set synchronous_commit = off");
        await postgres.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{DatabaseOf(host)}'");

        host.Clock.Advance(Readiness.Freshness - TimeSpan.FromMilliseconds(1));
        (await LookAsync(host)).ShouldBe("200");
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await LookAsync(host)).ShouldStartWith("503");
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
