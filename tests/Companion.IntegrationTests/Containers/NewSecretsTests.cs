using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Sandbox.Processes;

namespace Companion.IntegrationTests.Containers;

/// <summary>.compose/new-secrets and .compose/databases.sql, as they are run for the containers.</summary>
[Collection(nameof(ContainerScene))]
public sealed class NewSecretsTests(ContainerScene world)
{
    [Fact]
    public void The_script_fills_in_all_that_is_required()
    {
        world.SkipIfMissing();
        foreach (var service in world.Compose.Services.Keys)
        {
            Should.NotThrow(() => world.Compose.EnvironmentOf(service, world.Variables), service);
        }

        var secrets = world.Variables.Where(variable => variable.Value.Length >= 44).ToList();
        secrets.Count.ShouldBe(12);
        secrets.Select(secret => secret.Value).ShouldBeUnique();
    }

    /// <summary>Containers may run as other accounts: what is mounted is readable, and the folder lets nobody come near it.</summary>
    [Fact]
    public async Task Nobody_else_can_read_the_secrets_but_containers_can()
    {
        world.SkipIfMissing();
        var files = ((string[])[".env", ".secrets", ".secrets/mail.key", ".secrets/mail.crt"]).Select(name => Path.Combine(world.Folder.Root, name));

        var rights = await Tool.RunAsync("stat", ["--format=%a", .. files], TestContext.Current.CancellationToken);

        rights.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["600", "700", "644", "644"]);
    }

    [Fact]
    public void The_mail_traps_certificate_vouches_for_the_mail_trap_alone()
    {
        world.SkipIfMissing();
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(world.Certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);

        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority.ShouldBeFalse();
        certificate.MatchesHostname("mailpit").ShouldBeTrue();
        chain.Build(certificate).ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        world.SkipIfMissing();
        var cancellationToken = TestContext.Current.CancellationToken;
        var before = await File.ReadAllTextAsync(Path.Combine(world.Folder.Root, ".env"), cancellationToken);

        var refused = await Should.ThrowAsync<ToolFailedException>(() =>
            Tool.RunAsync(Path.Combine(world.Folder.Root, ".compose", "new-secrets"), [], cancellationToken));

        refused.Output.ShouldContain("there already");
        (await File.ReadAllTextAsync(Path.Combine(world.Folder.Root, ".env"), cancellationToken)).ShouldBe(before);
    }

    [Theory]
    [InlineData("companion", "keycloak")]
    [InlineData("keycloak", "synapse")]
    [InlineData("synapse", "companion")]
    public async Task Each_service_gets_into_its_own_database_only(string service, string other)
    {
        world.SkipIfMissing();
        var login = new NpgsqlConnectionStringBuilder(world.DatabaseOf(service)) { Pooling = false };
        await OpenAsync(login.ToString());

        login.Database = other;
        var refused = await Should.ThrowAsync<PostgresException>(() => OpenAsync(login.ToString()));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private static async Task OpenAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
    }
}
