using System.Globalization;
using Sandbox.Companion;
using Sandbox.Components;
using Sandbox.People;
using Sandbox.Stories;
using Sandbox.Worlds;

namespace Sandbox;

/// <summary>The Sandbox as a person meets it: everything starts, the story plays, and then it is theirs to look at.</summary>
/// <param name="forced">Null: the real servers where they are found.</param>
internal sealed class Performance(Narrator narrator, Backend? forced)
{
    /// <returns>The exit code: 0 when the story played to its end.</returns>
    public Task<int> RunAsync(bool staysUp, bool mayDownload, CancellationToken cancellationToken) => new Stage(narrator).RunAsync(
        ct => StartAsync(ComponentSettings.FromEnvironment(mayDownload), ct),
        async (world, ct) =>
        {
            var anna = await PlayAsync(world, ct);
            Measure(world.Companion);
            if (staysUp)
            {
                ShowAround(world, anna);
                await Task.Delay(Timeout.Infinite, ct);
            }

            return 0;
        },
        whenCancelled: staysUp ? 0 : 1,
        cancellationToken);

    private Task<World> StartAsync(ComponentSettings settings, CancellationToken cancellationToken)
    {
        var backend = forced ?? (World.Missing(Backend.Real, settings).Count == 0 ? Backend.Real : Backend.StandIn);
        if (World.Missing(backend, settings) is { Count: > 0 } missing)
        {
            throw new SandboxException(string.Join('\n', missing));
        }

        narrator.Head(backend == Backend.Real ? "Starting real servers on 127.0.0.1" : "Starting stand-ins for Keycloak and Synapse on 127.0.0.1");
        return World.StartAsync(new(backend), settings, narrator.Begin, cancellationToken);
    }

    private async Task<Invitee> PlayAsync(World world, CancellationToken cancellationToken)
    {
        narrator.Head("Alice invites Anna");
        using var story = new Story(world, "anna@example.org");
        foreach (var step in story.Steps)
        {
            narrator.Begin(step.Title);
            narrator.Done(await step.PlayAsync(cancellationToken));
        }

        return story.Anna;
    }

    private void Measure(CompanionServer companion)
    {
        var seconds = companion.ReadyAfter.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        narrator.Head("The companion");
        narrator.Say($"The {CompanionServer.Configuration} build was ready {seconds} s after its start and holds {companion.ResidentMegabytes()} MB now.");
    }

    private void ShowAround(World world, Invitee anna)
    {
        narrator.Head("Look around");
        narrator.Say($"Anna      {anna.Username} / {anna.Password}");
        foreach (var person in (Person[])[.. world.Community.People])
        {
            narrator.Say($"{person.FirstName,-9} {person.Username} / {person.Password}");
        }

        narrator.Say($"Account   {world.Keycloak.RealmUrl}/account/");
        if (world.Backend == Backend.Real)
        {
            narrator.Say($"Admin     {world.Keycloak.BaseUrl}/admin/ (admin / {world.Keycloak.AdminPassword})");
        }

        narrator.Say($"Mails     {world.Inbox.Url} (invitations, and what {(world.Backend == Backend.Real ? "Keycloak" : "the identity provider")} sends by itself)");
        narrator.Say($"Companion {world.Proxy.Url}/openapi/v1.json");
        if (world.Backend == Backend.Real)
        {
            narrator.Say($"Chat      {world.Synapse.BaseUrl} (any Matrix client that takes a homeserver address)");
        }

        narrator.Say($"Database  {world.Postgres.ConnectionString("companion")}");
        narrator.Say($"Logs      {world.Folder.Root}");
        narrator.Say("Ctrl+C stops everything and deletes it.");
    }
}
