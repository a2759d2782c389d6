using System.CommandLine;
using Sandbox;

var exit = new Option<bool>("--exit") { Description = "Stop after the story; the exit code says whether it played to its end." };
var download = new Option<bool>("--download") { Description = "Let Maven and pip fetch Keycloak and Synapse if they are not on this machine." };
var command = new RootCommand("Starts the whole product on loopback and plays one invitation from end to end.") { exit, download };
command.SetAction((options, cancellationToken) =>
    new Performance(new Narrator(Narrator.Console())).RunAsync(!options.GetValue(exit), options.GetValue(download), cancellationToken));

// Ctrl+C and SIGTERM cancel the action, which then has this long to stop the servers in order.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
