using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Journey.Invites;
using Companion.IntegrationTests.Journey.Registrations;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Oversight.Moderation;

/// <summary>Moderators pause somebody's inviting.</summary>
public sealed class FreezeTests(RegistrationScene world) : IClassFixture<RegistrationScene>
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Alice => $"alice-{_run}";

    private string Ben => $"ben-{_run}";

    private string Cleo => $"cleo-{_run}";

    [Fact]
    public async Task Freezing_with_all_below_stops_whoever_came_by_them_at_any_depth_and_thawing_lets_them_go_on()
    {
        world.Join(Alice, "dora");
        await world.BringAsync(Alice, Ben, Cleo);
        var frozen = await world.ActAsync(Alice, "freeze", new { below = true });
        (frozen.Text("account"), frozen.GetProperty("isFrozen").GetBoolean(), frozen.GetProperty("below").GetInt32()).ShouldBe((Alice, true, 2));

        foreach (var account in (string[])[Alice, Ben, Cleo])
        {
            (await OutcomesAsync(account)).ShouldBe(("inviting_frozen", "inviting_frozen", true, false));
        }

        (await OutcomesAsync("dora")).ShouldBe(("issued", "good", false, true));
        await world.ActAsync(Alice, "thaw");
        foreach (var account in (string[])[Alice, Ben, Cleo])
        {
            (await OutcomesAsync(account)).ShouldBe(("issued", "good", false, true));
        }
    }

    [Fact]
    public async Task Who_comes_later_by_somebody_below_is_frozen_too()
    {
        world.Join(Alice);
        await world.BringAsync(Alice, Ben);
        var invite = await world.IssueAsync(Ben);
        await world.ClaimedAsync(invite, Cleo);
        await world.ActAsync(Alice, "freeze", new { below = true });
        await world.RegisteredAsync(invite, Cleo);
        (await OutcomesAsync(Cleo)).ShouldBe(("inviting_frozen", "inviting_frozen", true, false));
    }

    [Fact]
    public async Task Freezing_one_leaves_those_below_alone()
    {
        world.Join(Alice);
        await world.BringAsync(Alice, Ben);
        await world.ActAsync(Alice, "freeze", new { below = false });
        (await OutcomesAsync(Alice)).Issued.ShouldBe("inviting_frozen");
        (await OutcomesAsync(Ben)).Issued.ShouldBe("issued");
        await world.ActAsync(Alice, "freeze", new { below = true });
        (await OutcomesAsync(Ben)).Issued.ShouldBe("inviting_frozen");
    }

    [Fact]
    public async Task A_link_of_somebody_below_brings_nobody_in_until_it_is_thawed()
    {
        world.Join(Alice);
        await world.BringAsync(Alice, Ben);
        var (invite, token) = await LinkAsync(Ben);
        (await LandingAsync(token)).ShouldContain("data-state=\"good\"");

        await world.ActAsync(Alice, "freeze", new { below = true });
        (await LandingAsync(token)).ShouldContain("data-state=\"gone\"");
        (await world.InspectAsync(world.Handle(invite))).ShouldRefuse("inviter_gone");
        (await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), Cleo)).ShouldRefuse("inviter_gone");

        await world.ActAsync(Alice, "thaw");
        (await LandingAsync(token)).ShouldContain("data-state=\"good\"");
        (await world.InspectAsync(world.Handle(invite))).ShouldAccept();
        (await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), Cleo)).ShouldAccept();
    }

    [Theory]
    [InlineData("resend")]
    [InlineData("extend")]
    [InlineData("link")]
    public async Task Nothing_is_made_of_what_is_out_while_it_is_frozen(string act)
    {
        world.Join(Alice);
        var invite = await world.IssueAsync(Alice);
        world.Host.Clock.Advance(TimeSpan.FromHours(1));
        await world.ActAsync(Alice, "freeze");
        var client = world.Host.ClientOf(Alice);
        using var refused = await client.PostTextAsync($"/api/v1/invites/{invite}/{act}", "");
        (refused.StatusCode, await refused.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Forbidden, "inviting_frozen"));
        await world.ActAsync(Alice, "thaw");
        using var done = await client.PostTextAsync($"/api/v1/invites/{invite}/{act}", "");
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_timeline_tells_moderators_who_did_it_and_the_person_nothing()
    {
        world.Join(Alice);
        await world.ActAsync(Alice, "freeze", new { below = true });
        await world.ActAsync(Alice, "thaw");
        var flagged = await world.ActAsync(Alice, "flag");
        flagged.GetProperty("isFlagged").GetBoolean().ShouldBeTrue();
        (await world.ActAsync(Alice, "unflag")).GetProperty("isFlagged").GetBoolean().ShouldBeFalse();
        (await world.TimelineAsync(world.Moderating(), $"person={Alice}")).ShouldBe(
        [
            "AdminEvent inviting_frozen by moritz below",
            "AdminEvent inviting_thawed by moritz",
            "AdminEvent member_flagged by moritz",
            "AdminEvent member_unflagged by moritz",
        ]);
        (await world.TimelineAsync(world.Host.ClientOf(Alice), "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_reason_is_for_moderators_is_in_no_event_and_is_gone_with_the_thaw()
    {
        var reason = $"Sends to strangers {_run}";
        world.Join(Alice);
        (await world.ActAsync(Alice, "freeze", new { below = false, reason })).Text("freezeReason").ShouldBe(reason);
        (await world.Host.FindTextAsync(reason)).ShouldBe(["companion.freeze_reason.reason"]);
        (await world.ActAsync(Alice, "thaw")).Text("freezeReason").ShouldBeNull();
        (await world.Host.FindTextAsync(reason)).ShouldBeEmpty();
        using var answer = await world.Moderating().PostTextAsync(
            $"/api/v1/people/{Alice}/freeze", JsonSerializer.Serialize(new { reason = new string('x', 1001) }));
        (answer.StatusCode, (await answer.ProblemAsync(Ct)).GetProperty("field").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "reason"));
    }

    [Fact]
    public async Task A_freeze_that_is_repeated_under_its_key_does_not_undo_the_thaw_between()
    {
        world.Join(Alice);
        var key = Guid.NewGuid().ToString();
        await world.ActAsync(Alice, "freeze", new { below = true }, key);
        await world.ActAsync(Alice, "thaw");
        (await world.ActAsync(Alice, "freeze", new { below = true }, key)).GetProperty("isFrozen").GetBoolean().ShouldBeFalse();
        using var other = await world.Moderating().PostTextAsync($"/api/v1/people/{Alice}/freeze", """{"below":false}""", key);
        (await other.CodeAsync(Ct)).ShouldBe("idempotency_mismatch");
    }

    [Fact]
    public async Task An_inviter_is_frozen_also_while_the_identity_provider_is_down()
    {
        world.Join(Alice);
        await world.IssueAsync(Alice);
        world.Join(PeopleScene.Moderator);
        using var seen = await world.Moderating().GetAsync("/api/v1/me", Ct); // who was here just now is let in meanwhile
        world.Host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);
        try
        {
            (await world.ActAsync(Alice, "freeze")).GetProperty("isFrozen").GetBoolean().ShouldBeTrue();
        }
        finally
        {
            world.Host.IdentityProvider.Failure = null;
        }
    }

    [Fact]
    public async Task Nobody_can_not_be_frozen()
    {
        using var answer = await world.Moderating().PostTextAsync($"/api/v1/people/nobody-{_run}/freeze", "{}");
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.NotFound, "not_found"));
    }

    [Theory]
    [InlineData("freeze")]
    [InlineData("thaw")]
    [InlineData("flag")]
    [InlineData("unflag")]
    [InlineData("revoke-pending")]
    public async Task Members_do_none_of_this(string act)
    {
        world.Join(Alice);
        using var answer = await world.Host.ClientOf(Alice).PostTextAsync($"/api/v1/people/{Alice}/{act}", "{}");
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
    }

    private async Task<(string? Issued, string? Dry, bool Frozen, bool CanInvite)> OutcomesAsync(string account)
    {
        var client = world.Host.ClientOf(account);
        var row = (await client.IssueAsync(Row($"{Guid.NewGuid():N}@example.org")))[0];
        var request = new JsonObject { ["invites"] = new JsonArray(Row($"{Guid.NewGuid():N}@example.org")), ["vouched"] = true };
        using var dry = await client.PostTextAsync("/api/v1/invites/dry-run", request.ToJsonString());
        var verdict = JsonElement.Parse(await dry.Content.ReadAsStringAsync(Ct)).GetProperty("invites")[0];
        return (
            row.Code ?? row.Outcome,
            verdict.Text("code") ?? verdict.Text("outcome"),
            (await client.ReadAsync("/api/v1/me")).GetProperty("invitingFrozen").GetBoolean(),
            (await client.ReadAsync("/api/v1/invite-options")).GetProperty("canInvite").GetBoolean());
    }

    private async Task<(InviteId Invite, string Token)> LinkAsync(string inviter)
    {
        var invite = await world.IssueAsync(inviter);
        using var answer = await world.Host.ClientOf(inviter).PostTextAsync($"/api/v1/invites/{invite}/link", "");
        var url = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)).Text("url")!;
        return (invite, url[(url.IndexOf('#', StringComparison.Ordinal) + 1)..]);
    }

    private async Task<string> LandingAsync(string token)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]);
        using var answer = await world.Host.Anonymous.PostAsync("/i/exchange", form, Ct);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
