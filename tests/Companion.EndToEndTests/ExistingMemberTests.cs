using Sandbox.Worlds;

namespace Companion.EndToEndTests;

public abstract class ExistingMemberTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task A_member_who_is_invited_is_added_and_invited_to_the_rooms_but_joined_to_none()
    {
        var alice = await AliceAsync();
        var berta = World.Community.Berta;
        var before = await World.Admin.CountUsersAsync(Ct);

        var invite = await alice.InviteAsync(new(berta.Email, Community.Memberships, Rooms), Ct);

        await World.Mail.WaitForAsync(berta.Email, Ct);
        await ShouldBeInRoomsAsync(berta.AccountId, "invite");
        (await World.Admin.GroupsOfAsync(berta.AccountId, Ct)).ShouldBe([Community.Group]);
        (await World.Admin.OrganizationsOfAsync(berta.AccountId, Ct)).ShouldBe([Community.Organization]);
        (await World.Admin.CountUsersAsync(Ct)).ShouldBe(before);
        (await alice.StatusOfAsync(invite, Ct)).ShouldBe("sent");
    }
}

public sealed class RealExistingMemberTests(RealWorld world) : ExistingMemberTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInExistingMemberTests(StandInWorld world) : ExistingMemberTests(world);
