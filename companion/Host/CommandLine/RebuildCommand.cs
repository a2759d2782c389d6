using System.CommandLine;
using System.Globalization;
using Companion.Community.Timeline;

namespace Companion.Host.CommandLine;

internal static class RebuildCommand
{
    public static Command Create(CompanionCommandLine line)
    {
        var timeline = new Option<bool>("--timeline")
        {
            Description = "Also empty the timeline and write it again. Holds up appends until it ends; followers of the feed start anew.",
        };
        var force = new Option<bool>("--force") { Description = "Write the timeline again although entries of it were changed: what was changed is lost." };
        var command = new Command("rebuild", "Folds all events anew into snapshots and read models. The service may run meanwhile; nothing is sent again.")
        {
            timeline,
            force,
        };
        command.SetAction((parsed, cancellationToken) => line.WithServicesAsync(async (services, output) =>
        {
            if (parsed.GetValue(timeline) && !parsed.GetValue(force)
                && await services.GetRequiredService<TimelineChain>().VerifyAsync(cancellationToken) is { Broken: not null } verdict)
            {
                throw new TimelineBrokenException(verdict);
            }

            var rebuild = services.GetRequiredService<Rebuild>();
            var streams = await rebuild.StreamsAsync(cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{streams} streams rebuilt"));
            if (parsed.GetValue(timeline))
            {
                var entries = await rebuild.TimelineAsync(cancellationToken);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{entries} timeline entries written"));
            }
        }));
        return command;
    }
}
