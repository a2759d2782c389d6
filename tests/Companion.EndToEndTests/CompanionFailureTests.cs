using System.Net;
using Sandbox.Worlds;
using StandIns.Relay;

namespace Companion.EndToEndTests;

public abstract class CompanionFailureTests(WorldFixture world) : WorldTest(world)
{
    private const string Inspect = "/idp/v1/inspect";
    private const string Claim = "/idp/v1/claim";
    private const string Release = "/idp/v1/release";
    private const string Facts = "/idp/v1/facts";

    [Fact]
    public async Task A_companion_killed_between_claim_and_registration_finds_the_account_after_its_restart()
    {
        var invited = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);
        using (World.Proxy.Intercept(Claim, async forward =>
        {
            var answer = await forward();
            await World.Companion.KillAsync();
            return answer;
        }))
        {
            ShouldBeSignedIn(await invited.Invitee.RegisterAsync(form, Ct));
        }

        await World.Companion.StartAgainAsync(Ct);

        await ShouldBeOnboardedAsync(invited);
    }

    [Fact]
    public async Task A_lost_push_is_made_up_for_by_looking()
    {
        var invited = await InviteAsync();
        using var lost = World.Proxy.Intercept(Facts, _ => Task.FromResult<RelayAnswer?>(null));

        await RegisterAsync(invited);

        await ShouldBeOnboardedAsync(invited);
        World.Proxy.Calls.ShouldContain(Facts);
    }

    [Fact]
    public async Task A_claim_whose_answer_is_lost_leaves_no_account_and_the_invitation_good()
    {
        var invited = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);
        using (World.Proxy.Intercept(Claim, async forward =>
        {
            await forward();
            return null;
        }))
        using (World.Proxy.Intercept(Release, _ => Task.FromResult<RelayAnswer?>(null)))
        {
            (await invited.Invitee.RegisterAsync(form, Ct)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await AccountsOfAsync(invited)).ShouldBeEmpty();
        await ShouldBecomeAsync(invited, "opened"); // after the lease, by looking and finding nobody
        await RegisterAsync(invited);
        await ShouldBeOnboardedAsync(invited);
    }

    [Fact]
    public async Task While_the_companion_is_down_nobody_registers_and_nothing_is_lost()
    {
        var invited = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);
        await World.Companion.StopAsync();
        try
        {
            (await invited.Invitee.Browser.OpenAsync(RegistrationUrl("&invite=anything"), Ct)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await invited.Invitee.RegisterAsync(form, Ct)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await AccountsOfAsync(invited)).ShouldBeEmpty();
        }
        finally
        {
            await World.Companion.StartAgainAsync(Ct);
        }

        await RegisterAsync(invited);
        await ShouldBeOnboardedAsync(invited);
    }

    [Theory]
    [InlineData(Inspect)]
    [InlineData(Claim)]
    public async Task A_companion_that_is_too_slow_lets_nobody_register(string path)
    {
        var invited = await InviteAsync();
        var early = path == Claim ? await invited.Invitee.ContinueAsync(invited.Link, Ct) : null;
        var released = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        using (World.Proxy.Intercept(path, async forward =>
        {
            await released.Task;
            var answer = await forward();
            arrived.TrySetResult();
            return answer;
        }))
        {
            var page = early is null ? await invited.Invitee.ContinueAsync(invited.Link, Ct) : await invited.Invitee.RegisterAsync(early, Ct);

            page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await AccountsOfAsync(invited)).ShouldBeEmpty();
            released.SetResult();
            await arrived.Task.WaitAsync(Ct);
        }

        // A claim that was granted too late to be heard of holds the invite until its lease is over.
        await ShouldBecomeAsync(invited, "opened");
        await RegisterAsync(invited);
        await OnlyAccountAsync(invited);
    }
}

public sealed class RealCompanionFailureTests(RealWorld world) : CompanionFailureTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInCompanionFailureTests(StandInWorld world) : CompanionFailureTests(world);
