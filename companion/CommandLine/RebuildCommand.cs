using System.CommandLine;
using System.Globalization;
using Companion.EventStore;

namespace Companion.CommandLine;

internal static class RebuildCommand
{
    public static Command Create(CompanionCommandLine line)
    {
        var timeline = new Option<bool>("--timeline")
        {
            Description = "Also empty the timeline and write it again. Holds up appends until it ends; followers of the feed start anew.",
        };
        var command = new Command("rebuild", "Folds all events anew into snapshots and read models. The service may run meanwhile; nothing is sent again.")
        {
            timeline,
        };
        command.SetAction((parsed, cancellationToken) => line.WithServicesAsync(async (services, output) =>
        {
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
