using Sandbox.Components;
using Sandbox.Stories;
using Sandbox.Worlds;

namespace Sandbox;

/// <summary>The Sandbox as a person meets it: everything starts, the story plays, and then it is theirs to look at.</summary>
internal sealed class Performance(Narrator narrator, ComponentSettings settings, Backend? forced)
{
    /// <returns>The exit code: 0 when the story played to its end.</returns>
    public async Task<int> RunAsync(bool staysUp, CancellationToken cancellationToken)
    {
        var backend = forced ?? (World.Missing(Backend.Real, settings).Count == 0 ? Backend.Real : Backend.StandIn);
        if (World.Missing(backend, settings) is { Count: > 0 } missing)
        {
            foreach (var sentence in missing)
            {
                narrator.Failed(sentence);
            }

            return 1;
        }

        World? world = null;
        try
        {
            narrator.Head(backend == Backend.Real ? "Starting real servers on 127.0.0.1" : "Starting stand-ins for Keycloak and Synapse on 127.0.0.1");
            world = await World.StartAsync(backend, settings, narrator.Begin, cancellationToken);
            narrator.Done();
            await PlayAsync(world, cancellationToken);
            ShowAround(world);
            if (staysUp)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return staysUp ? 0 : 1;
        }
        catch (Exception failure) when (failure is SandboxException or HttpRequestException or IOException)
        {
            narrator.Failed(failure.Message);
            if (world is not null)
            {
                Keep(world);
            }

            return 1;
        }
        finally
        {
            if (world is not null)
            {
                await StopAsync(world);
            }
        }
    }

    private async Task PlayAsync(World world, CancellationToken cancellationToken)
    {
        narrator.Head("Alice invites Anna");
        using var story = new Story(world, "anna@example.org");
        foreach (var step in story.Steps)
        {
            narrator.Begin(step.Title);
            narrator.Done(await step.PlayAsync(cancellationToken));
        }

        narrator.Head("Look around");
        narrator.Say($"Anna      {story.Anna.Username} / {story.Anna.Password}");
    }

    private void ShowAround(World world)
    {
        foreach (var person in (People.Person[])[world.Community.Alice, world.Community.Moritz, world.Community.Berta])
        {
            narrator.Say($"{person.FirstName,-9} {person.Username} / {person.Password}");
        }

        if (world.Backend == Backend.Real)
        {
            narrator.Say($"Account   {world.Keycloak.RealmUrl}/account/");
            narrator.Say($"Admin     {world.Keycloak.BaseUrl}/admin/ (admin / {world.Keycloak.AdminPassword})");
        }

        narrator.Say($"Mails     {world.Inbox.Url}");
        narrator.Say($"Companion {world.Companion.BaseUrl}/openapi/v1.json");
        if (world.Backend == Backend.Real)
        {
            narrator.Say($"Chat      {world.Synapse.BaseUrl} (any Matrix client that takes a homeserver address)");
        }

        narrator.Say($"Database  {world.Postgres.ConnectionString("companion")}");
        narrator.Say($"Logs      {world.Folder.Root}");
        narrator.Say("Ctrl+C stops everything and deletes it.");
    }

    private void Keep(World world)
    {
        world.Folder.Keep();
        string?[] logs = [world.Companion?.LogFile ?? "the companion was not started", world.Keycloak?.LogFile, world.Synapse?.LogFile];
        narrator.Say($"Logs: {string.Join(", ", logs.OfType<string>())}");
        narrator.Say($"All of it: {world.Folder.Root}");
    }

    private async Task StopAsync(World world)
    {
        narrator.Head("Stopping");
        await world.DisposeAsync();
    }
}
