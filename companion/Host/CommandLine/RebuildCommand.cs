using System.CommandLine;
using Companion.Community.Timeline;

namespace Companion.Host.CommandLine;

internal static class RebuildCommand
{
    private const int ReportEvery = 10_000;

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

            var streams = await services.GetRequiredService<RebuildStreams>().RunAsync(Report(output, "rebuilt"), cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{streams} streams rebuilt"));
            if (parsed.GetValue(timeline))
            {
                var entries = await services.GetRequiredService<RewriteTimeline>().RunAsync(Report(output, "told again"), cancellationToken);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{entries} timeline entries written"));
            }
        }));
        return command;
    }

    /// <summary>A line now and then, where there are many.</summary>
    private static Action<int> Report(TextWriter output, string what) => streams =>
    {
        if (streams % ReportEvery == 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{streams} streams {what} so far"));
        }
    };
}
