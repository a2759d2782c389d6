using System.Net;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Journey.Invites;

namespace Companion.IntegrationTests.Journey.Registrations;

public sealed class ClaimTests(RegistrationScene world) : IClassFixture<RegistrationScene>
{
    private static readonly AccountId Alice = new(RegistrationScene.Inviter);

    [Fact]
    public async Task Inspecting_shows_the_invitation_and_changes_nothing()
    {
        var invite = await world.IssueAsync();
        var reply = await world.InspectAsync(world.Handle(invite));
        reply.ShouldAccept();
        reply.Json["inviteId"]!.GetValue<string>().ShouldBe(invite.ToString());
        reply.Json["address"]!.GetValue<string>().ShouldBe("Anna@example.org");
        reply.Json["inviterName"]!.GetValue<string>().ShouldBe("alice");
        reply.Json["communityName"]!.GetValue<string>().ShouldBe("Harbour Community");
        reply.Json["language"]!.GetValue<string>().ShouldBe("de");
        (await world.EventsAsync(invite)).ShouldBe(["invite_issued", "invite_sent"]);
    }

    [Fact]
    public async Task The_form_is_shown_without_a_name_when_the_inviter_can_not_be_looked_up()
    {
        var invite = await world.IssueAsync("inviter-not-remembered");
        world.Host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);
        try
        {
            var reply = await world.InspectAsync(world.Handle(invite));
            reply.ShouldAccept();
            reply.Json["inviterName"].ShouldBeNull();
        }
        finally
        {
            world.Host.IdentityProvider.Failure = null;
        }
    }

    [Fact]
    public async Task A_form_must_be_opened_within_ten_minutes_and_sent_within_the_hour_after()
    {
        var invite = await world.IssueAsync();
        var handle = world.Handle(invite);
        world.Host.Clock.Advance(InviteHandles.Lifetime + TimeSpan.FromSeconds(1));
        (await world.InspectAsync(handle)).ShouldRefuse("invite_unknown");
        (await world.ClaimAsync(handle, RegistrationScene.NewKey(), "in-time")).ShouldAccept();
        var late = await world.IssueAsync();
        handle = world.Handle(late);
        world.Host.Clock.Advance(InviteHandles.Lifetime + InviteHandles.FormLifetime + TimeSpan.FromSeconds(1));
        (await world.ClaimAsync(handle, RegistrationScene.NewKey(), "too-late")).ShouldRefuse("invite_unknown");
    }

    [Fact]
    public async Task A_claim_answers_with_all_that_the_account_needs()
    {
        var invite = await world.IssueAsync();
        var reply = await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), "newcomer");
        reply.ShouldAccept();
        reply.Body.ShouldBe(
            $$"""{"inviteId":"{{invite}}","approvalRequired":false,"addressVerified":true,"memberships":[{"organization":"harbour","group":"Users"}],"leaseSeconds":300,"decision":"accept"}""");
        (await world.ReadAsync(invite)).Claim!.Account.ShouldBe(new AccountId("newcomer"));
    }

    [Fact]
    public async Task An_old_mail_does_not_prove_the_address()
    {
        var invite = await world.IssueAsync();
        world.Host.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        var reply = await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), "slow-reader");
        reply.ShouldAccept();
        reply.Json["addressVerified"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Of_200_parallel_registrations_exactly_one_gets_the_invite()
    {
        var invite = await world.IssueAsync();
        var handle = world.Handle(invite);
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => world.ClaimAsync(handle, RegistrationScene.NewKey(), $"racer-{i}")));
        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        replies.Count(reply => reply.Decision == "accept").ShouldBe(1);
        replies.Where(reply => reply.Decision == "refuse").ShouldAllBe(reply => reply.Code == "invite_in_use");
        (await world.EventsAsync(invite)).Count(type => type == "invite_claimed").ShouldBe(1);
    }

    [Fact]
    public async Task The_same_message_fifty_times_at_once_has_one_effect_and_one_answer()
    {
        var invite = await world.IssueAsync();
        var (handle, key, id) = (world.Handle(invite), RegistrationScene.NewKey(), $"msg_{Guid.NewGuid()}");
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.ClaimAsync(handle, key, "repeated", id: id)));
        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK && reply.Decision == "accept");
        (await world.EventsAsync(invite)).Count(type => type == "invite_claimed").ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_id_gets_its_first_answer_and_another_body_a_conflict()
    {
        var invite = await world.IssueAsync();
        var (handle, key, id) = (world.Handle(invite), RegistrationScene.NewKey(), $"msg_{Guid.NewGuid()}");
        var first = await world.ClaimAsync(handle, key, "first", id: id);
        first.ShouldAccept();
        (await world.ReleaseAsync(handle, key, "first")).Status.ShouldBe(HttpStatusCode.OK);
        var again = await world.ClaimAsync(handle, key, "first", id: id);
        System.Text.Json.Nodes.JsonNode.DeepEquals(again.Json, first.Json).ShouldBeTrue();
        (await world.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Issued);
        var other = await world.ClaimAsync(handle, key, "second", id: id);
        other.Status.ShouldBe(HttpStatusCode.Conflict);
        other.Code.ShouldBe("idempotency_mismatch");
    }

    [Fact]
    public async Task The_same_browser_may_try_again_with_another_account_and_nobody_else_may()
    {
        var invite = await world.IssueAsync();
        var (handle, key) = (world.Handle(invite), RegistrationScene.NewKey());
        (await world.ClaimAsync(handle, key, "try-1")).ShouldAccept();
        (await world.ClaimAsync(handle, RegistrationScene.NewKey(), "stranger")).ShouldRefuse("invite_in_use");
        (await world.ClaimAsync(handle, key, "try-2")).ShouldAccept();
        (await world.ReadAsync(invite)).Claim!.Account.ShouldBe(new AccountId("try-2"));
    }

    [Theory]
    [InlineData("ANNA@EXAMPLE.ORG", true)]
    [InlineData("anna@example.org", true)]
    [InlineData("evil@example.org", false)]
    [InlineData("anna@example.org.evil.test", false)]
    [InlineData("ann\u0430@example.org", false)]
    [InlineData("anna@\u212Aexample.org", false)]
    [InlineData("no address", false)]
    public async Task Only_the_invited_address_may_register(string address, bool accepted)
    {
        var invite = await world.IssueAsync();
        var reply = await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), "newcomer", address);
        if (accepted)
        {
            reply.ShouldAccept();
        }
        else
        {
            reply.ShouldRefuse("address_mismatch");
            (await world.EventsAsync(invite)).ShouldNotContain("invite_claimed");
        }
    }

    [Fact]
    public async Task An_inviter_who_has_left_brings_nobody_in()
    {
        var gone = await world.IssueAsync("left-the-community");
        (await world.InspectAsync(world.Handle(gone))).ShouldRefuse("inviter_gone");
        (await world.ClaimAsync(world.Handle(gone), RegistrationScene.NewKey(), "newcomer")).ShouldRefuse("inviter_gone");

        world.Host.IdentityProvider.Put(world.Host.IdentityProvider.People[Alice] with { Id = new AccountId("barred"), Enabled = false });
        var barred = await world.IssueAsync("barred");
        (await world.ClaimAsync(world.Handle(barred), RegistrationScene.NewKey(), "newcomer")).ShouldRefuse("inviter_gone");
    }

    [Fact]
    public async Task Nobody_registers_while_the_inviters_standing_is_not_known()
    {
        var invite = await world.IssueAsync("never-looked-up");
        var (handle, key, id) = (world.Handle(invite), RegistrationScene.NewKey(), $"msg_{Guid.NewGuid()}");
        world.Host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);
        try
        {
            (await world.ClaimAsync(handle, key, "newcomer", id: id)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            world.Host.IdentityProvider.Failure = null;
        }

        world.Host.IdentityProvider.AddMember("never-looked-up");
        world.Host.IdentityProvider.Employ("never-looked-up", "harbour", "Admins");
        (await world.ClaimAsync(handle, key, "newcomer", id: id)).ShouldAccept();
    }

    [Fact]
    public async Task An_inviter_who_may_no_longer_give_the_membership_brings_nobody_in()
    {
        world.Host.IdentityProvider.AddMember("lost-it");
        world.Host.IdentityProvider.Employ("lost-it", "harbour", "User Managers");
        var invite = await world.IssueAsync("lost-it");
        world.Host.IdentityProvider.AddMember("lost-it");

        (await world.InspectAsync(world.Handle(invite))).ShouldRefuse("inviter_gone");
        (await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), "newcomer")).ShouldRefuse("inviter_gone");
        (await world.EventsAsync(invite)).ShouldBe(["invite_issued", "invite_sent"]);
    }

    [Fact]
    public async Task Who_comes_by_a_link_that_no_mail_brought_has_not_shown_to_read_the_mailbox()
    {
        var invite = await world.IssueAsync();
        await world.HappenAsync(invite, now => new InviteLinkTaken(invite, Alice, 1, now));

        var reply = await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), "newcomer");
        reply.ShouldAccept();
        reply.Json["addressVerified"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_newcomer_answered_chooses_rooms_and_is_read_by_moderators_alone()
    {
        var invite = await world.IssueAsync();
        var (handle, key) = (world.Handle(invite), RegistrationScene.NewKey());
        var first = new Dictionary<string, string[]> { ["introduction"] = ["I sail."], ["interests"] = ["knots"] };
        (await world.ClaimAsync(handle, key, "answering", first)).ShouldAccept();
        var second = new Dictionary<string, string[]> { ["introduction"] = ["I sail, and I like tea."], ["interests"] = ["boats", "knots"] };
        (await world.ClaimAsync(handle, key, "answering-again", second)).ShouldAccept();

        (await world.ReadAsync(invite)).Claim!.DefaultRooms.ShouldBe([new RoomId("!boats:example.org")]);
        (await world.Host.FindTextAsync("like tea")).ShouldBe(["companion.contact.answers"]);
        (await world.Host.FindTextAsync("I sail.")).ShouldBeEmpty("the later form took its place");
        (await world.Host.ClientOf("mod", moderator: true).ReadAsync($"/api/v1/invites/{invite}")).GetProperty("answers").GetRawText()
            .ShouldBe("""{"interests":["boats","knots"],"introduction":["I sail, and I like tea."]}""");
        (await world.Host.ClientOf(RegistrationScene.Inviter).ReadAsync($"/api/v1/invites/{invite}")).GetProperty("answers").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_revocation_before_the_form_or_before_the_claim_stops_the_registration()
    {
        var invite = await world.IssueAsync();
        var handle = world.Handle(invite);
        (await world.InspectAsync(handle)).ShouldAccept();
        await world.DecideAsync(invite, new RevokeInvite(Alice));
        (await world.InspectAsync(handle)).ShouldRefuse("invite_revoked");
        (await world.ClaimAsync(handle, RegistrationScene.NewKey(), "newcomer")).ShouldRefuse("invite_revoked");
    }

    [Fact]
    public async Task An_invite_that_ends_while_the_form_is_open_is_refused_at_the_claim()
    {
        var invite = await world.IssueAsync(lifetime: TimeSpan.FromMinutes(5));
        var handle = world.Handle(invite);
        (await world.InspectAsync(handle)).ShouldAccept();
        world.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        (await world.ClaimAsync(handle, RegistrationScene.NewKey(), "newcomer")).ShouldRefuse("invite_expired");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_handle_of_another_generation_is_unknown(int generation)
    {
        var invite = await world.IssueAsync();
        (await world.ClaimAsync(world.Handle(invite, generation), RegistrationScene.NewKey(), "newcomer")).ShouldRefuse("invite_unknown");
    }

    [Fact]
    public async Task A_handle_for_no_invite_and_one_that_was_tampered_with_are_unknown()
    {
        (await world.ClaimAsync(world.Handle(new InviteId(Guid.NewGuid())), RegistrationScene.NewKey(), "newcomer")).ShouldRefuse("invite_unknown");
        var handle = world.Handle(await world.IssueAsync());
        (await world.ClaimAsync((handle[0] == 'A' ? 'B' : 'A') + handle[1..], RegistrationScene.NewKey(), "newcomer")).ShouldRefuse("invite_unknown");
    }
}
