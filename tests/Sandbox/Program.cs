using System.CommandLine;
using Sandbox;
using Sandbox.Components;

var exit = new Option<bool>("--exit") { Description = "Stop after the story; the exit code says whether it played to its end." };
var download = new Option<bool>("--download") { Description = "Let Maven and pip fetch Keycloak and Synapse if they are not on this machine." };
var command = new RootCommand("Starts the whole product on loopback and plays one invitation from end to end.") { exit, download };
command.SetAction((options, cancellationToken) =>
    new Performance(new Narrator(Narrator.Console()), ComponentSettings.FromEnvironment(options.GetValue(download)))
        .RunAsync(!options.GetValue(exit), cancellationToken));

// Ctrl+C and SIGTERM cancel the action, which then has this long to stop the servers in order.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
