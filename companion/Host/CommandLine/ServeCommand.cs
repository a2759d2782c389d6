using System.CommandLine;

namespace Companion.Host.CommandLine;

internal static class ServeCommand
{
    public static Command Create(Action<WebApplicationBuilder>? configure)
    {
        var command = new Command("serve", "Answers HTTP and works off the outbox until it is told to stop. The default.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var builder = CompanionApplication.CreateBuilder([]);
            configure?.Invoke(builder);
            await using var app = CompanionApplication.Build(builder);
            await app.StartAsync(cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }
}
