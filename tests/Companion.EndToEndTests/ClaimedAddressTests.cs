using Sandbox;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

/// <summary>An invitation reaches the one whose address it is for, whoever else has that address written into an account.</summary>
public abstract class ClaimedAddressTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task The_owner_of_an_address_gets_the_memberships_and_whoever_only_claims_it_nothing()
    {
        var address = NewAddress();
        var (username, password) = ($"claims-{Guid.NewGuid():N}", Secrets.New());
        var other = await World.Admin.CreateUserAsync(
            new
            {
                username,
                email = address,
                firstName = "Mallory",
                lastName = "Moor",
                enabled = true,
                emailVerified = false,
                credentials = new[] { new { type = "password", value = password } },
            },
            Ct);

        var invited = await InviteAsync(address);
        await RegisterAsync(invited);

        await ShouldBeOnboardedAsync(invited);
        (await OnlyAccountAsync(invited)).ShouldNotBe(other);
        (await World.Admin.OrganizationsOfAsync(other, Ct)).ShouldBeEmpty();
        (await World.Admin.GroupsOfAsync(other, Ct)).ShouldBeEmpty();
        (await World.Mail.WaitForAsync(address, Ct)).Text.ShouldContain("/i#");
    }
}

public sealed class RealClaimedAddressTests(RealWorld world) : ClaimedAddressTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInClaimedAddressTests(StandInWorld world) : ClaimedAddressTests(world);
