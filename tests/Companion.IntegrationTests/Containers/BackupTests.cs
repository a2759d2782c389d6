using Sandbox;
using Sandbox.Processes;

namespace Companion.IntegrationTests.Containers;

/// <summary>.compose/backup, with the containers' programs run on this machine.</summary>
[Collection(nameof(ContainerScene))]
public sealed class BackupTests(ContainerScene world) : IDisposable
{
    /// <summary>docker compose exec -T SERVICE PROGRAM …; Synapse's files are not there, so what would be run is written down.</summary>
    private const string Docker = """
        #!/bin/sh
        shift 3
        service=$1
        shift
        case "$service $*" in
        *"$MISSING_DATABASE") exit 1 ;;
        postgres*) exec "$@" ;;
        *) echo "$*" ;;
        esac
        """;

    private readonly RunFolder _folder = new();

    [Fact]
    public async Task All_databases_and_the_homeservers_files_are_kept_for_nobody_else_to_read()
    {
        world.SkipIfMissing();
        var cancellationToken = TestContext.Current.CancellationToken;

        await RunAsync(missing: "none", cancellationToken);

        var backup = System.IO.Directory.EnumerateDirectories(_folder.Sub("backups")).Single();
        Path.GetFileName(backup).ShouldStartWith("20");
        foreach (var database in (string[])["companion", "keycloak", "synapse"])
        {
            (await Tool.RunAsync("pg_restore", ["--list", Path.Combine(backup, $"{database}.dump")], cancellationToken)).ShouldContain($"dbname: {database}");
        }

        (await File.ReadAllTextAsync(Path.Combine(backup, "synapse.tar"), cancellationToken)).ShouldContain("--directory=/data signing.key media");
        (await Tool.RunAsync("stat", ["--format=%a", backup], cancellationToken)).Trim().ShouldBe("700");
    }

    [Fact]
    public async Task A_backup_that_breaks_off_leaves_nothing_behind()
    {
        world.SkipIfMissing();

        await Should.ThrowAsync<ToolFailedException>(() => RunAsync(missing: "synapse", TestContext.Current.CancellationToken));

        System.IO.Directory.EnumerateFileSystemEntries(_folder.Sub("backups")).ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(string missing, CancellationToken cancellationToken)
    {
        var docker = Path.Combine(_folder.Sub("bin"), "docker");
        await File.WriteAllTextAsync(docker, Docker, cancellationToken);
        await Tool.RunAsync("chmod", ["700", docker], cancellationToken);
        await Tool.RunAsync(
            Path.Combine(world.Folder.Root, ".compose", "backup"),
            [_folder.Sub("backups")],
            cancellationToken,
            environment: new Dictionary<string, string?>(world.Superuser)
            {
                ["PATH"] = $"{_folder.Sub("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["MISSING_DATABASE"] = missing,
            });
    }
}
