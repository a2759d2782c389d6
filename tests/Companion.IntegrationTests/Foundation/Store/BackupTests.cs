using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Host.CommandLine;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sandbox;
using Sandbox.Components;
using Sandbox.Postgres;
using Sandbox.Processes;
using StandIns.Mail;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>What docs/operations.md says about restoring a dump into another cluster.</summary>
public sealed class BackupTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly MailSink _sink = MailSink.Start();

    private readonly RunFolder _folder = new();

    private PostgresBinaries? _binaries;

    private PostgresCluster? _other;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _binaries = await PostgresBinaries.FindInstalledAsync(Cancellation);
        Skip.ForLackOf(
            _binaries is null || !File.Exists(_binaries["pg_dump"]) ? "pg_dump is missing: install PostgreSQL (Debian: apt-get install postgresql)." : null);
        _other = await PostgresCluster.StartAsync(_binaries!, _folder.Sub("other"), new PostgresSettings(), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_other is not null)
        {
            await _other.DisposeAsync();
        }

        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task After_a_restore_mails_that_were_due_are_sent_and_mails_under_way_are_not_sent_again()
    {
        await using var before = await StartAsync(null);
        var sent = await before.IssueAsync("sent@example.org");
        await before.RunOutboxAsync(Cancellation);
        var underWay = await before.IssueAsync("under-way@example.org");
        await InterruptAsync(before.ConnectionString, underWay);
        var due = await before.IssueAsync("due@example.org");
        var dump = await DumpAsync(before.ConnectionString);
        await before.RunOutboxAsync(Cancellation);
        Recipients().ShouldBe(["sent@example.org", "due@example.org"]);

        await using var after = await StartAsync(await RestoreAsync(dump));
        (await after.Anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation)).EnsureSuccessStatusCode();
        await after.RunOutboxAsync(Cancellation);

        Recipients().ShouldBe(["sent@example.org", "due@example.org", "due@example.org"]);
        (await DeliveriesAsync(after, sent, underWay, due)).ShouldBe([InviteDelivery.Sent, InviteDelivery.Unknown, InviteDelivery.Sent]);
        var (first, second) = (_sink.Mails[1], _sink.Mails[2]);
        second.Content.Header("Message-ID").ShouldBe(first.Content.Header("Message-ID"));
        (await FindAsync(after, InviteScene.TokenIn(first.Text))).ShouldBeNull("the link of a mail that was sent after the backup is dead");
        (await FindAsync(after, InviteScene.TokenIn(second.Text))).ShouldBe(new InviteReference(due, 1));
    }

    [Fact]
    public async Task In_another_cluster_the_feed_is_empty_until_the_timeline_is_rebuilt()
    {
        await using var before = await StartAsync(null);
        await before.IssueAsync("anna@example.org");
        await SpendTransactionNumbersAsync();
        await before.IssueAsync("ben@example.org");

        await using var after = await StartAsync(await RestoreAsync(await DumpAsync(before.ConnectionString)));
        var moderator = after.ClientOf("moderator", moderator: true);
        (await EntriesAsync(moderator, "newest")).ShouldBe(2);
        (await EntriesAsync(moderator, "oldest")).ShouldBeLessThan(2);

        (await after.Services.GetRequiredService<Rebuild>().TimelineAsync(Cancellation)).ShouldBe(2);

        (await EntriesAsync(moderator, "oldest")).ShouldBe(2);
        await after.IssueAsync("carl@example.org");
        (await EntriesAsync(moderator, "oldest")).ShouldBe(3);
    }

    /// <param name="database">A restored one; null for a new one.</param>
    private Task<CompanionHost> StartAsync(string? database) => InviteScene.StartAsync(postgres, _sink, settings =>
    {
        settings.Configuration["Security:MasterKey"] = _masterKey;
        if (database is not null)
        {
            settings.Configuration["Database:ConnectionString"] = database;
        }
    });

    /// <summary>The moment between the note that a mail is being sent and the note of what became of it.</summary>
    private static async Task InterruptAsync(string database, InviteId invite)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await source.ExecuteAsync(
            """
            insert into companion.mail_attempt (outbox_id, attempt, started_at)
            select id, 1, created_at from companion.outbox_message where kind = 'invite_mail' and stream_id = @invite
            """,
            [Param.Uuid("invite", invite.Value)],
            Cancellation);
    }

    private async Task<string> DumpAsync(string database)
    {
        var file = _folder.File("companion.dump");
        await RunAsync("pg_dump", database, "--format=custom", $"--file={file}");
        return file;
    }

    private async Task<string> RestoreAsync(string dump)
    {
        var database = await _other!.CreateDatabaseAsync("restored", null, Cancellation);
        await RunAsync("pg_restore", database, "--no-owner", "--exit-on-error", "--single-transaction", "--dbname=restored", dump);
        return database;
    }

    private Task<string> RunAsync(string program, string database, params string[] arguments)
    {
        var server = new NpgsqlConnectionStringBuilder(database);
        return Tool.RunAsync(_binaries![program], arguments, Cancellation, environment: new Dictionary<string, string?>
        {
            ["PGHOST"] = server.Host,
            ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = server.Username,
            ["PGPASSWORD"] = server.Password,
            ["PGDATABASE"] = server.Database,
        });
    }

    /// <summary>So that this cluster's numbers are above those of a new one.</summary>
    private Task SpendTransactionNumbersAsync() => postgres.ExecuteAsync(
        "do $$ begin for i in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$");

    private IEnumerable<string> Recipients() => _sink.Mails.SelectMany(mail => mail.Recipients);

    private static async Task<List<InviteDelivery>> DeliveriesAsync(CompanionHost host, params InviteId[] invites)
    {
        var deliveries = new List<InviteDelivery>();
        foreach (var invite in invites)
        {
            deliveries.Add((await host.ReadAsync(invite)).Delivery);
        }

        return deliveries;
    }

    private static Task<InviteReference?> FindAsync(CompanionHost host, string token) =>
        host.Services.GetRequiredService<InviteTokens>().FindAsync(InviteToken.Parse(token)!, Cancellation);

    private static async Task<int> EntriesAsync(HttpClient moderator, string order)
    {
        var page = await moderator.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/timeline?order={order}", UriKind.Relative), Cancellation);
        return page.GetProperty("entries").GetArrayLength();
    }
}
