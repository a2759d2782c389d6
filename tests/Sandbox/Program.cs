using Sandbox;
using Sandbox.Components;
using Sandbox.Keycloak;
using Sandbox.Postgres;
using Sandbox.Synapse;

var ct = CancellationToken.None;
var s = ComponentSettings.FromEnvironment();
var clock = System.Diagnostics.Stopwatch.StartNew();
void Say(string what) => Console.WriteLine($"{clock.Elapsed.TotalSeconds,6:0.0} {what}");
using var run = new RunFolder();
Say(run.Root);
try
{
    Say($"missing: {KeycloakServer.Missing(s)} {SynapseServer.Missing(s)}");
    await using (var pg = await PostgresCluster.StartAsync(await PostgresBinaries.EnsureAsync(s, ct), run.Sub("pg"), new(), ct))
    {
        Say("pg up " + pg.Port);
        await pg.CreateDatabaseAsync("a", null, ct);
        await pg.CreateDatabaseAsync("b", "a", ct);
        await pg.KillAsync();
        await pg.RestartAsync(ct);
        Say("pg restarted");
    }
    Say("pg down");
    await using (var pg = await PostgresCluster.StartAsync(await PostgresBinaries.FromPackageAsync(s, ct), run.Sub("pg2"), new(), ct))
    {
        Say("embedded pg up " + pg.Port);
        await pg.CreateDatabaseAsync("a", null, ct);
        await pg.KillAsync();
        await pg.RestartAsync(ct);
        await pg.StopAsync();
        Say("embedded pg stopped");
    }
    var realm = run.File("trial-realm.json");
    await File.WriteAllTextAsync(realm, """{"realm":"trial","enabled":true,"displayName":"${TRIAL_NAME}","clients":[{"clientId":"synapse","secret":"${SYNAPSE_SECRET}","redirectUris":["*"]}]}""", ct);
    await using var keycloak = await KeycloakServer.StartAsync(s, new(run.Sub("keycloak"), "trial", realm, new Dictionary<string, string?> { ["TRIAL_NAME"] = "Trial", ["SYNAPSE_SECRET"] = "abc" }), ct);
    Say("keycloak up " + keycloak.RealmUrl);
    await using var synapse = await SynapseServer.StartAsync(s, new(run.Sub("synapse"), "localhost", new(keycloak.RealmUrl, "synapse", "abc")), ct);
    Say("synapse up");
    Say((await synapse.RegisterAsync("bot", true, ct)).UserId);
    using var http = new HttpClient();
    Say(await http.GetStringAsync(new Uri(synapse.BaseUrl + "/_matrix/client/v3/login"), ct));
    if (args.Contains("--hang"))
        await Task.Delay(-1, ct);
}
catch (SandboxException failure)
{
    run.Keep();
    Say(failure.Message);
}
Say("end");
