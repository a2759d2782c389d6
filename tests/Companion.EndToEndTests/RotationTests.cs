using System.Collections.Concurrent;
using Sandbox.Components;
using Sandbox.Keycloak;
using Sandbox.People;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

/// <summary>docs/operations.md, Webhook secret: while people register all the time, nobody is refused.</summary>
[Collection(nameof(WorldApart))]
public sealed class RotationTests : IAsyncLifetime
{
    private const int Lanes = 3;
    private const int PerPhase = 4;
    private const string ProviderSecret = "KC_SPI_COMPANION__DEFAULT__SECRET";

    private readonly ConcurrentQueue<string> _refused = new();
    private World _world = null!;
    private int _started;
    private int _registered;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(
        new(Backend.StandIn) { Companions = 2 },
        ComponentSettings.FromEnvironment(),
        what => TestContext.Current.SendDiagnosticMessage($"starting {what}"),
        Ct);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_new_webhook_secret_replaces_the_old_one_and_nobody_is_refused()
    {
        var (before, after) = (_world.Secrets.Webhook, WorldSecrets.NewWebhookSecret());
        using var over = new CancellationTokenSource();
        var lanes = Enumerable.Range(0, Lanes).Select(_ => RegisterAllTheTimeAsync(over.Token)).ToList();
        await SomeRegisterAsync();

        await RestartEachAsync(new() { ["Webhooks__Secret"] = after, ["Webhooks__PreviousSecret"] = before });
        await SomeRegisterAsync();
        ((KeycloakStandIn)_world.Keycloak).Configure(new Dictionary<string, string?> { [ProviderSecret] = after });
        await SomeRegisterAsync();
        await RestartEachAsync(new() { ["Webhooks__Secret"] = after });
        await SomeRegisterAsync();

        await over.CancelAsync();
        await Task.WhenAll(lanes);
        _refused.ShouldBeEmpty();
        ((KeycloakStandIn)_world.Keycloak).Configure(new Dictionary<string, string?> { [ProviderSecret] = before });
        await RegisterAsync();
        _refused.ShouldHaveSingleItem("The old secret is worthless.");
    }

    /// <summary>One after the other, each taken from the proxy for as long as it is away.</summary>
    private async Task RestartEachAsync(Dictionary<string, string?> changes)
    {
        var all = _world.Proxy.Targets;
        foreach (var companion in _world.Companions)
        {
            _world.Proxy.Targets = [.. all.Where(target => target != new Uri(companion.BaseUrl))];
            await companion.StopAsync();
            await companion.StartAgainAsync(Ct, changes);
            _world.Proxy.Targets = all;
        }
    }

    private async Task SomeRegisterAsync()
    {
        var enough = _registered + PerPhase;
        await Eventually.BeTrueAsync("some more registrations", () => Task.FromResult(_registered >= enough || !_refused.IsEmpty), Ct);
        _refused.ShouldBeEmpty();
    }

    private async Task RegisterAllTheTimeAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await RegisterAsync();
        }
    }

    /// <summary>The first thing that does not go well is the end of it: nobody tries again.</summary>
    private async Task RegisterAsync()
    {
        try
        {
            using var alice = await Member.SignInAsync(_world, _world.Community.Alice, Ct);
            using var invitee = new Invitee(_world, $"person{Interlocked.Increment(ref _started)}@example.org");
            await alice.InviteAsync(new(invitee.Email, Community.Memberships, []), Ct);
            var form = await invitee.ContinueAsync(await invitee.ReceiveLinkAsync(Ct), Ct);
            var end = await invitee.RegisterAsync(form, Ct);
            end.Parameter("code").ShouldNotBeNull(end.Text);
            Interlocked.Increment(ref _registered);
        }
        catch (Exception failure) when (!Ct.IsCancellationRequested)
        {
            _refused.Enqueue(failure.Message);
        }
    }
}
