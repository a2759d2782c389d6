using System.CommandLine;

namespace Companion.Host.CommandLine;

internal static class MigrateCommand
{
    public static Command Create(CompanionCommandLine line)
    {
        var command = new Command("migrate", "Applies pending migrations with the role of Database:ConnectionString, which must be allowed to create tables.");
        command.SetAction((_, cancellationToken) => line.WithServicesAsync(async (services, output) =>
        {
            var applied = await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
            foreach (var name in applied)
            {
                await output.WriteLineAsync($"applied {name}");
            }

            await output.WriteLineAsync(applied.Count == 0 ? "Nothing to do: the database is up to date." : "The database is up to date.");
        }));
        return command;
    }
}
