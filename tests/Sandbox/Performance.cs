using System.Globalization;
using Sandbox.Companion;
using Sandbox.Components;
using Sandbox.People;
using Sandbox.Stories;
using Sandbox.Worlds;

namespace Sandbox;

/// <summary>The Sandbox as a person meets it: everything starts, the story plays, and then it is theirs to look at.</summary>
internal sealed class Performance(Narrator narrator)
{
    /// <returns>The exit code: 0 when the story played to its end.</returns>
    public async Task<int> RunAsync(bool staysUp, bool mayDownload, CancellationToken cancellationToken)
    {
        World? world = null;
        try
        {
            var settings = ComponentSettings.FromEnvironment(mayDownload);
            if (World.Missing(settings) is { Count: > 0 } missing)
            {
                throw new SandboxException(string.Join('\n', missing));
            }

            narrator.Head("Starting real servers on 127.0.0.1");
            world = await World.StartAsync(settings, narrator.Begin, cancellationToken);
            narrator.Done();
            var anna = await PlayAsync(world, cancellationToken);
            Measure(world.Companion);
            if (staysUp)
            {
                ShowAround(world, anna);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return staysUp ? 0 : 1;
        }
        catch (Exception failure)
        {
            narrator.Failed(Told(failure));
            if (world is not null)
            {
                Keep(world, failure);
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
        foreach (var person in (Person[])[world.Community.Alice, world.Community.Moritz, world.Community.Berta])
        {
            narrator.Say($"{person.FirstName,-9} {person.Username} / {person.Password}");
        }

        narrator.Say($"Account   {world.Keycloak.RealmUrl}/account/");
        narrator.Say($"Admin     {world.Keycloak.BaseUrl}/admin/ (admin / {world.Keycloak.AdminPassword})");
        narrator.Say($"Mails     {world.Inbox.Url}");
        narrator.Say($"Companion {world.Companion.BaseUrl}/openapi/v1.json");
        narrator.Say($"Chat      {world.Synapse.BaseUrl} (any Matrix client that takes a homeserver address)");
        narrator.Say($"Database  {world.Postgres.ConnectionString("companion")}");
        narrator.Say($"Logs      {world.Folder.Root}");
        narrator.Say("Ctrl+C stops everything and deletes it.");
    }

    private void Keep(World world, Exception failure)
    {
        world.Folder.Keep(failure);
        narrator.Say($"Logs and details: {world.Folder.Root}");
    }

    private async Task StopAsync(World world)
    {
        narrator.Head("Stopping");
        await world.DisposeAsync();
    }

    // Of a broken connection the outermost message says nothing; what lies in it does.
    private static string Told(Exception failure) =>
        failure is HttpRequestException { InnerException: { } inner } ? $"{failure.Message} {inner.Message}" : failure.Message;
}
