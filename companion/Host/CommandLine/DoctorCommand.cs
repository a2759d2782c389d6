using System.CommandLine;

namespace Companion.Host.CommandLine;

internal static class DoctorCommand
{
    public static Command Create(CompanionCommandLine line)
    {
        var command = new Command(
            "doctor", $"Looks at this deployment from the inside and says what to mend; changes nothing. Ends with {ExitCode.Failed} when there is a problem.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var problems = 0;
            await line.WithServicesAsync(async (services, output) => problems = await new Doctor.Doctor(services, output).RunAsync(cancellationToken));
            return problems == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
