using Sandbox;
using Sandbox.Browsing;
using Sandbox.Components;
using Sandbox.People;
using Sandbox.Worlds;

var ct = CancellationToken.None;
var clock = System.Diagnostics.Stopwatch.StartNew();
void Say(string what) => Console.WriteLine($"{clock.Elapsed.TotalSeconds,6:0.0} {what}");
try
{
    await using var world = await World.StartAsync(ComponentSettings.FromEnvironment(), Say, ct);
    Say("up");
    using var browser = new Browser();
    var alice = world.Community.Alice;
    Say(await SignIn.AccessTokenAsync(world.Keycloak, browser, alice.Username, alice.Password, ct));
    if (args.Contains("--hang"))
        await Task.Delay(-1, ct);
}
catch (SandboxException failure)
{
    Say(failure.Message);
}
Say("end");
