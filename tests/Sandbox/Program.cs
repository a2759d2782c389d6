using System.CommandLine;
using System.Security.Cryptography;
using Sandbox;
using Sandbox.Chaos;
using Sandbox.Worlds;

var exit = new Option<bool>("--exit") { Description = "Stop after the story; the exit code says whether it played to its end." };
var download = new Option<bool>("--download") { Description = "Let Maven and pip fetch Keycloak and Synapse if they are not on this machine." };
var real = new Option<bool>("--real") { Description = "Use real servers, or say what is missing for them. Without this they are used where they are found." };
var standIn = new Option<bool>("--stand-in") { Description = "Use the stand-ins for Keycloak and Synapse, which need nothing installed." };
var command = new RootCommand("Starts the whole product on loopback and plays one invitation from end to end.") { exit, download, real, standIn };
command.SetAction((options, cancellationToken) =>
    new Performance(
        new Narrator(Narrator.Console()),
        options.GetValue(real) ? Backend.Real : options.GetValue(standIn) ? Backend.StandIn : null)
        .RunAsync(!options.GetValue(exit), options.GetValue(download), cancellationToken));

var rounds = new Option<int>("--rounds") { Description = "How many invitations to play.", DefaultValueFactory = _ => 50 };
var seed = new Option<int?>("--seed") { Description = "The same seed plays the same faults; without it a new one is taken and told." };
var chaos = new Command("chaos", "Plays invitations while companions are killed and frozen, messages lost, and servers away; then balances the books.") { rounds, seed };
chaos.SetAction((options, cancellationToken) =>
    new ChaosPerformance(
        new Narrator(Narrator.Console()), options.GetValue(rounds), options.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue))
        .RunAsync(cancellationToken));
command.Add(chaos);

// Ctrl+C and SIGTERM cancel the action, which then has this long to stop the servers in order.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
