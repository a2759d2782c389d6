using System.CommandLine;
using Companion.Community.Timeline;

namespace Companion.Host.CommandLine;

internal static class TimelineCommands
{
    public static Command Create(CompanionCommandLine line) => new("timeline", "Checks the timeline, and takes it out.")
    {
        Verify(line),
        TimelineExportCommand.Create(line),
    };

    private static Command Verify(CompanionCommandLine line)
    {
        var json = new Option<bool>("--json") { Description = "Write a JSON object for scripts." };
        var command = new Command("verify", "Finds the first entry that was changed, deleted or slipped in since it was sealed.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            TimelineVerdict? verdict = null;
            var code = await line.WithServicesAsync(async (services, output) =>
            {
                verdict = await services.GetRequiredService<TimelineChain>().VerifyAsync(cancellationToken);
                await output.WriteLineAsync(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(verdict, TimelineJson.Default.TimelineVerdict)
                    : verdict.ToString());
            });
            return code == ExitCode.Ok && verdict!.Broken is not null ? ExitCode.Failed : code;
        });
        return command;
    }
}
