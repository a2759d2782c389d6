using Companion.IntegrationTests.Journey.Registrations;

namespace Companion.IntegrationTests.Community.Pausing;

/// <summary>Nobody registers while inviting is paused, but who is through stays through.</summary>
public sealed class PausedRegistrationTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly RegistrationScene _world = new(postgres);

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Neither_the_form_nor_the_account_comes_while_it_is_paused()
    {
        var invite = await _world.IssueAsync();
        var handle = _world.Handle(invite);
        await _world.Host.SwitchPauseAsync(true);

        (await _world.InspectAsync(handle)).ShouldRefuse("inviting_paused");
        (await _world.ClaimAsync(handle, RegistrationScene.NewKey(), "anna")).ShouldRefuse("inviting_paused");
        (await _world.EventsAsync(invite)).ShouldBe(["invite_issued", "invite_sent"]);

        await _world.Host.SwitchPauseAsync(false);
        (await _world.InspectAsync(handle)).ShouldAccept();
        (await _world.ClaimAsync(handle, RegistrationScene.NewKey(), "anna")).ShouldAccept();
    }

    [Fact]
    public async Task A_claim_that_was_granted_before_holds_and_an_invite_that_ended_says_so()
    {
        var claimed = await _world.IssueAsync();
        var key = RegistrationScene.NewKey();
        (await _world.ClaimAsync(_world.Handle(claimed), key, "anna")).ShouldAccept();
        var over = await _world.IssueAsync(lifetime: TimeSpan.FromMinutes(5));
        var handle = _world.Handle(over);
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        await _world.Host.SwitchPauseAsync(true);

        (await _world.ClaimAsync(_world.Handle(claimed), key, "anna")).ShouldAccept();
        (await _world.InspectAsync(handle)).ShouldRefuse("invite_expired");
    }
}
