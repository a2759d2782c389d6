using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Journey.Invites;
using Companion.IntegrationTests.Journey.Registrations;
using Companion.Journey.Invites;

namespace Companion.IntegrationTests.Oversight.Moderation;

/// <summary>Moderators take back what is out.</summary>
public sealed class RevokePendingTests(RegistrationScene world) : IClassFixture<RegistrationScene>
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];

    private string Alice => $"alice-{_run}";

    private string Ben => $"ben-{_run}";

    [Fact]
    public async Task All_that_one_inviter_has_out_is_taken_back_by_the_moderator()
    {
        world.Join(Alice);
        await world.BringAsync(Alice, Ben);
        InviteId[] own = [await world.IssueAsync(Alice), await world.IssueAsync(Alice)];
        var below = await world.IssueAsync(Ben);

        (await RevokeAsync(Alice, below: false)).ShouldBe(2);
        foreach (var invite in own)
        {
            (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Revoked);
            (await world.TimelineAsync(world.Moderating(), $"invite={invite}")).ShouldContain("AdminEvent invite_revoked by moritz");
        }

        (await world.ReadAsync(below)).Status.ShouldBe(InviteStatus.Issued);
        (await RevokeAsync(Alice, below: true)).ShouldBe(1);
        (await world.ReadAsync(below)).Status.ShouldBe(InviteStatus.Revoked);
    }

    [Fact]
    public async Task Who_is_registering_just_now_is_let_finish()
    {
        world.Join(Alice);
        var invite = await world.IssueAsync(Alice);
        (await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), Ben)).ShouldAccept();
        (await RevokeAsync(Alice, below: true)).ShouldBe(0);
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Claimed);
    }

    [Fact]
    public async Task Hundreds_are_taken_back_and_a_repetition_under_the_same_key_says_the_same_number()
    {
        world.Join(Alice);
        await world.BringAsync(Alice, Ben);
        for (var i = 0; i < 230; i++)
        {
            await world.IssueAsync(i % 2 == 0 ? Alice : Ben);
        }

        var key = Guid.NewGuid().ToString();
        (await RevokeAsync(Alice, below: true, key)).ShouldBe(230);
        await world.IssueAsync(Alice);
        (await RevokeAsync(Alice, below: true, key)).ShouldBe(230);
        (await world.Host.CountAsync("companion.invite_details", $"is_open and inviter like '%{_run}'")).ShouldBe(1);
    }

    private async Task<int> RevokeAsync(string account, bool below, string? key = null) =>
        (await world.ActAsync(account, "revoke-pending", new { below }, key)).GetProperty("revoked").GetInt32();
}
