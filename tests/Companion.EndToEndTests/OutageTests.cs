using Sandbox.Worlds;
using StandIns.Relay;

namespace Companion.EndToEndTests;

public abstract class OutageTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task Rooms_wait_while_the_chat_server_is_down()
    {
        var invited = await InviteAsync();
        await World.Synapse.StopAsync();
        try
        {
            await RegisterAsync(invited);
            await ShouldBecomeAsync(invited, "redeemed");
        }
        finally
        {
            await World.Synapse.StartAgainAsync(Ct);
        }

        await ShouldBeOnboardedAsync(invited);
    }

    [Fact]
    public async Task An_unfinished_registration_is_settled_once_Keycloak_is_back()
    {
        var invited = await InviteAsync();
        using (World.Proxy.Intercept("/idp/v1/facts", _ => Task.FromResult<RelayAnswer?>(null)))
        {
            await RegisterAsync(invited);
        }

        await World.Keycloak.StopAsync();
        await World.Keycloak.StartAgainAsync(Ct);

        await ShouldBeOnboardedAsync(invited);
    }

    [Fact]
    public async Task A_killed_database_loses_nothing_that_was_answered()
    {
        var invited = await InviteAsync();
        await World.Postgres.KillAsync();
        await World.Postgres.RestartAsync(Ct);

        // It asks Keycloak, which learns of each of its broken connections by a request that fails.
        await Sandbox.Worlds.Eventually.BeTrueAsync("the companion answers again", async () =>
        {
            try
            {
                // Whether the mail left may be unknown now: the server took it, and the outcome was not yet written.
                return await invited.Alice.StatusOfAsync(invited.Invite, Ct) is "sent" or "delivery_unknown";
            }
            catch (Sandbox.SandboxException)
            {
                return false;
            }
        }, Ct);
        await RegisterAsync(invited);
        await ShouldBeOnboardedAsync(invited);
    }
}

public sealed class RealOutageTests(RealWorld world) : OutageTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInOutageTests(StandInWorld world) : OutageTests(world);
