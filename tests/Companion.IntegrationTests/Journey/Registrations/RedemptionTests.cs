using System.Net;
using Companion.Foundation.Kernel;
using Companion.Journey.Invites;

namespace Companion.IntegrationTests.Journey.Registrations;

public sealed class RedemptionTests(RegistrationScene world) : IClassFixture<RegistrationScene>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IdentityProviderDouble Accounts => world.Host.IdentityProvider;

    [Fact]
    public async Task A_registration_redeems_the_invite_and_starts_the_onboarding_once()
    {
        var (invite, _) = await ClaimedAsync("registered-1");
        Accounts.AddMember("registered-1", inviteId: invite);
        (await world.TellAsync("registered", invite, "registered-1")).Body.ShouldBe("{}");
        (await world.TellAsync("registered", invite, "registered-1")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        await ShouldBeRedeemedByAsync(invite, "registered-1");
        (await world.EventsAsync(invite)).Count(type => type == "invite_redeemed").ShouldBe(1);
        (await OnboardingsAsync(invite)).ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_that_nobody_can_confirm_redeems_nothing()
    {
        var (invite, _) = await ClaimedAsync("said-but-absent");
        (await world.TellAsync("registered", invite, "said-but-absent")).Status.ShouldBe(HttpStatusCode.OK);
        Accounts.AddMember("unmarked");
        (await world.TellAsync("registered", invite, "unmarked")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Claimed);
    }

    [Fact]
    public async Task A_lost_push_is_made_up_for_by_the_timer()
    {
        var (invite, _) = await ClaimedAsync("push-lost");
        Accounts.AddMember("push-lost", inviteId: invite);
        await world.Host.RunOutboxAsync(Ct);
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Claimed);
        world.Host.Clock.Advance(TimeSpan.FromSeconds(15));
        await world.Host.RunOutboxAsync(Ct);
        await ShouldBeRedeemedByAsync(invite, "push-lost");
    }

    [Fact]
    public async Task A_lost_release_is_made_up_for_by_the_lease()
    {
        var (invite, handle) = await ClaimedAsync("release-lost");
        await PassAsync(RegistrationScene.Lease - TimeSpan.FromSeconds(1));
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Claimed);
        (await world.ClaimAsync(handle, RegistrationScene.NewKey(), "too-early")).ShouldRefuse("invite_in_use");
        await PassAsync(TimeSpan.FromSeconds(2));
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Issued);
        (await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), "next")).ShouldAccept();
    }

    [Fact]
    public async Task Nothing_is_released_while_the_identity_provider_does_not_answer()
    {
        var (invite, _) = await ClaimedAsync("provider-down");
        Accounts.AddMember("provider-down", inviteId: invite);
        Accounts.Failure = new IdentityProviderException("unreachable", isTransient: true);
        try
        {
            await PassAsync(RegistrationScene.Lease * 20);
            (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Claimed);
        }
        finally
        {
            Accounts.Failure = null;
        }

        await PassAsync(TimeSpan.FromMinutes(1));
        await ShouldBeRedeemedByAsync(invite, "provider-down");
    }

    [Fact]
    public async Task A_release_frees_the_invite_at_once_and_only_for_the_claim_that_holds_it()
    {
        var invite = await world.IssueAsync();
        var (handle, key) = (world.Handle(invite), RegistrationScene.NewKey());
        (await world.ClaimAsync(handle, key, "older")).ShouldAccept();
        (await world.ClaimAsync(handle, key, "newer")).ShouldAccept();
        (await world.ReleaseAsync(handle, key, "older")).Body.ShouldBe("{}");
        (await world.ReadAsync(invite)).Claim!.Account.ShouldBe(new AccountId("newer"));
        (await world.ReleaseAsync(handle, RegistrationScene.NewKey(), "newer")).Status.ShouldBe(HttpStatusCode.OK);
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Claimed);
        (await world.ReleaseAsync(handle, key, "newer")).Status.ShouldBe(HttpStatusCode.OK);
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Issued);
        (await world.ClaimAsync(handle, RegistrationScene.NewKey(), "somebody-else")).ShouldAccept();
    }

    [Fact]
    public async Task An_account_that_turns_up_after_its_release_redeems_when_nobody_else_has()
    {
        var (invite, _) = await ClaimedAsync("late");
        await PassAsync(RegistrationScene.Lease + TimeSpan.FromSeconds(1));
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Issued);
        Accounts.AddMember("late", inviteId: invite);
        (await world.TellAsync("registered", invite, "late")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        await ShouldBeRedeemedByAsync(invite, "late");
    }

    [Fact]
    public async Task An_account_that_turns_up_after_its_release_is_found_without_a_push()
    {
        var (invite, _) = await ClaimedAsync("late-and-silent");
        await PassAsync(RegistrationScene.Lease + TimeSpan.FromSeconds(1));
        Accounts.AddMember("late-and-silent", inviteId: invite);
        await PassAsync(RegistrationScene.Lease);
        await ShouldBeRedeemedByAsync(invite, "late-and-silent");
    }

    [Fact]
    public async Task A_second_account_of_one_invite_is_contested_denied_and_reported_once()
    {
        var (invite, handle) = await ClaimedAsync("owner-late");
        await PassAsync(RegistrationScene.Lease + TimeSpan.FromSeconds(1));
        (await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), "winner")).ShouldAccept();
        Accounts.AddMember("winner", inviteId: invite);
        (await world.TellAsync("registered", invite, "winner")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        Accounts.AddMember("owner-late", inviteId: invite);
        (await world.TellAsync("registered", invite, "owner-late")).Status.ShouldBe(HttpStatusCode.OK);
        (await world.TellAsync("registered", invite, "winner")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        await PassAsync(RegistrationScene.Lease * 3);
        await ShouldBeRedeemedByAsync(invite, "winner");
        (await world.EventsAsync(invite)).Count(type => type == "invite_contested").ShouldBe(1);
        Accounts.Decisions.Single(decision => decision.Account == new AccountId("owner-late")).Approve.ShouldBeFalse();
        world.Host.LogLines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("second account", StringComparison.Ordinal));
        handle.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_expiry_between_claim_and_commit_comes_too_late()
    {
        var invite = await world.IssueAsync(lifetime: TimeSpan.FromMinutes(2));
        (await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), "in-the-last-minute")).ShouldAccept();
        world.Host.Clock.Advance(TimeSpan.FromMinutes(3));
        Accounts.AddMember("in-the-last-minute", inviteId: invite);
        (await world.TellAsync("registered", invite, "in-the-last-minute")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        await ShouldBeRedeemedByAsync(invite, "in-the-last-minute");
    }

    [Fact]
    public async Task A_revocation_after_a_lost_claim_does_not_undo_an_account_that_is_there()
    {
        var (invite, _) = await ClaimedAsync("committed-late");
        await PassAsync(RegistrationScene.Lease + TimeSpan.FromSeconds(1));
        await world.DecideAsync(invite, new RevokeInvite(new AccountId(RegistrationScene.Inviter)));
        Accounts.AddMember("committed-late", inviteId: invite);
        await PassAsync(RegistrationScene.Lease);
        await ShouldBeRedeemedByAsync(invite, "committed-late");
    }

    [Fact]
    public async Task A_decision_is_read_from_the_account_and_not_from_the_message()
    {
        var (invite, _) = await ClaimedAsync("waiting");
        var account = Accounts.Put(Accounts.AddMember("waiting", inviteId: invite) with { Approval = "pending" });
        (await world.TellAsync("registered", invite, "waiting")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        (await OnboardingEventsAsync(invite)).ShouldBe(["onboarding_started"]);
        (await world.TellAsync("approved", invite, "waiting")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        (await OnboardingEventsAsync(invite)).ShouldBe(["onboarding_started"]);
        Accounts.Put(account with { Approval = "approved" });
        (await world.TellAsync("approved", invite, "waiting")).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
        (await OnboardingEventsAsync(invite)).Count.ShouldBeGreaterThan(1);
    }

    private async Task<(InviteId Invite, string Handle)> ClaimedAsync(string account)
    {
        var invite = await world.IssueAsync();
        var handle = world.Handle(invite);
        (await world.ClaimAsync(handle, RegistrationScene.NewKey(), account)).ShouldAccept();
        return (invite, handle);
    }

    /// <summary>Lets time pass in steps, as timers would see it.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(30))
        {
            world.Host.Clock.Advance(left < TimeSpan.FromSeconds(30) ? left : TimeSpan.FromSeconds(30));
            await world.Host.RunOutboxAsync(Ct);
        }
    }

    private async Task ShouldBeRedeemedByAsync(InviteId invite, string account)
    {
        var state = await world.ReadAsync(invite);
        state.Status.ShouldBe(InviteStatus.Redeemed);
        state.Account.ShouldBe(new AccountId(account));
    }

    private async Task<int> OnboardingsAsync(InviteId invite) =>
        (await OnboardingEventsAsync(invite)).Count(type => type == "onboarding_started");

    private Task<List<string>> OnboardingEventsAsync(InviteId invite) =>
        world.EventsAsync(new InviteId(Companion.Foundation.Kernel.OnboardingId.Of(invite).Value));
}
