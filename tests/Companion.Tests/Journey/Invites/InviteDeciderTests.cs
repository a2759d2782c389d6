using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Journey.Invites;

namespace Companion.Tests.Journey.Invites;

public sealed class InviteDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly AccountId Alice = new("alice");

    private static readonly AccountId Anna = new("anna");

    private static readonly RoomId Lounge = new("!lounge:example.org");

    private static readonly Membership Users = new("harbour", "Users");

    private static readonly Membership Members = new(null, "/members");

    private static readonly InvitePolicy Policy = SampleInvites.Policy;

    private static readonly InviteFacts Facts = SampleInvites.Facts with
    {
        Rights = SampleInvites.Rights(memberships: [Users, Members], rooms: [Lounge]),
    };

    private static readonly IssueInvite Issue = SampleInvites.Issue(Guid.Parse("0197a0b0-0000-7000-8000-000000000001")) with
    {
        Memberships = [Users, Members],
        Rooms = [Lounge],
        Facts = Facts,
    };

    private static readonly ClaimInvite Claim = SampleInvites.Claim(Anna, rights: Facts.Rights);

    [Fact]
    public void Issuing_starts_the_stream_with_an_expiry_by_policy()
    {
        var issued = Accepted(Invite.Initial, Issue).ShouldHaveSingleItem().ShouldBeOfType<InviteIssued>();

        issued.ExpiresAt.ShouldBe(Now.AddDays(14));
        issued.Inviter.ShouldBe(Alice);
    }

    [Fact]
    public void Issuing_the_same_invite_again_changes_nothing() => Accepted(After(Issue), Issue).ShouldBeEmpty();

    [Fact]
    public void An_invite_that_people_have_to_approve_is_nothing_to_anybody_until_they_did()
    {
        var waiting = After(Issue with { AwaitingApproval = true });
        (waiting.Status, waiting.IsOpen).ShouldBe((InviteStatus.AwaitingApproval, true));
        foreach (var command in (InviteCommand[])[Claim, new ResendInvite(Alice, Facts, Policy), new ExtendInvite(Alice, Facts.Rights, Policy), new TakeLink(Alice, Facts.Rights, Policy with { AllowLinks = true })])
        {
            Refused(waiting, command).ShouldBe(InviteRefusals.Waiting);
        }

        Accepted(waiting, new RevokeInvite(Alice)).ShouldHaveSingleItem().ShouldBeOfType<InviteRevoked>();
    }

    [Fact]
    public void The_time_of_an_approved_invite_counts_from_its_approval()
    {
        var waiting = After(Issue with { AwaitingApproval = true });
        var approved = InviteDecider.Decide(waiting, new ApproveInvite(Policy), Now.AddDays(3)).Events.ShouldHaveSingleItem().ShouldBeOfType<InviteApproved>();
        approved.ExpiresAt.ShouldBe(Now.AddDays(17));
        var state = Invite.Evolve(waiting, approved);
        state.Status.ShouldBe(InviteStatus.Issued);
        Accepted(state, new ApproveInvite(Policy)).ShouldBeEmpty();
        Accepted(state, new DenyInvite()).ShouldBeEmpty();
        Accepted(state, Claim).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_denied_invite_is_over_and_never_sent_again()
    {
        var denied = After(Issue with { AwaitingApproval = true }, new DenyInvite());
        (denied.Status, denied.IsOpen).ShouldBe((InviteStatus.Denied, false));
        Refused(denied, new ResendInvite(Alice, Facts, Policy)).ShouldBe(InviteRefusals.Denied);
        Refused(denied, Claim).ShouldBe(InviteRefusals.Denied);
        Accepted(denied, new ApproveInvite(Policy)).ShouldBeEmpty();
        Accepted(denied, new RevokeInvite(Alice)).ShouldBeEmpty();
    }

    [Fact]
    public void An_invite_that_ran_out_while_people_decided_can_not_be_sent_past_them()
    {
        var waiting = After(Issue with { AwaitingApproval = true });
        var expired = InviteDecider.Decide(waiting, new ExpireInvite(), Now.AddDays(14)).Events.Aggregate(waiting, Invite.Evolve);
        expired.Status.ShouldBe(InviteStatus.Expired);
        Refused(expired, new ResendInvite(Alice, Facts, Policy)).ShouldBe(InviteRefusals.NotApproved);
        expired.IsResendable.ShouldBeFalse();
    }

    public static TheoryData<string, string> Facts_that_refuse { get; } = new()
    {
        { "disabled", "inviter_gone" },
        { "frozen", "inviting_frozen" },
        { "own", "contact_own" },
        { "open-elsewhere", "recipient_limit" },
        { "recipient-day", "recipient_limit" },
        { "recipient-ever", "recipient_limit" },
        { "open", "quota_open" },
        { "day", "quota_day" },
        { "organization", "organisation_not_allowed" },
        { "role-group", "group_not_allowed" },
        { "group", "group_not_allowed" },
        { "member", "already_in_organisation" },
        { "room", "room_not_allowed" },
    };

    [Theory]
    [MemberData(nameof(Facts_that_refuse))]
    public void Issuing_is_refused_by(string fact, string code)
    {
        var command = fact switch
        {
            "disabled" => Issue with { Facts = Facts with { Rights = InviteRights.None } },
            "frozen" => Issue with { Facts = Facts with { Rights = Facts.Rights with { IsFrozen = true } } },
            "own" => Issue with { Facts = Facts with { OwnContact = true } },
            "open-elsewhere" => Issue with { Facts = Facts with { ContactHasOpenInvite = true } },
            "recipient-day" => Issue with { Facts = Facts with { RecipientLastDay = Policy.MaxPerRecipientPerDay } },
            "recipient-ever" => Issue with { Facts = Facts with { RecipientEver = Policy.MaxPerRecipient } },
            "open" => Issue with { Facts = Facts with { OpenInvites = Policy.MaxOpen } },
            "day" => Issue with { Facts = Facts with { IssuedLastDay = Policy.MaxPerDay } },
            "organization" => Issue with { Memberships = [Users, new("elsewhere", "Users")] },
            "role-group" => Issue with { Memberships = [new("harbour", "Admins")] },
            "member" => Issue with { Facts = Facts with { MemberOf = new HashSet<string> { "pier", "harbour" } } },
            "group" => Issue with { Memberships = [new(null, "/admins")] },
            "room" => Issue with { Rooms = [new RoomId("!secret:example.org")] },
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };

        Refused(Invite.Initial, command).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("resend")]
    [InlineData("revoke")]
    [InlineData("claim")]
    [InlineData("redeem")]
    [InlineData("expire")]
    public void An_invite_that_was_never_issued_is_unknown(string what) =>
        Refused(Invite.Initial, what switch
        {
            "resend" => new ResendInvite(Alice, Facts, Policy),
            "revoke" => new RevokeInvite(Alice),
            "claim" => Claim,
            "redeem" => new RedeemInvite(Anna),
            _ => new ExpireInvite(),
        }).Code.ShouldBe("invite_unknown");

    [Fact]
    public void Redeeming_after_a_claim_ends_the_invite()
    {
        var state = After(Issue, Claim, new RedeemInvite(Anna));

        state.Status.ShouldBe(InviteStatus.Redeemed);
        state.Account.ShouldBe(Anna);
        state.Claim.ShouldBeNull();
    }

    [Fact]
    public void The_rooms_that_a_newcomer_chose_are_those_of_the_claim_that_was_redeemed()
    {
        var claimed = After(Issue, Claim with { DefaultRooms = [Lounge] }, Claim with { Account = new AccountId("again"), DefaultRooms = [new RoomId("!boats")] });

        Accepted(claimed, new RedeemInvite(new AccountId("again"))).Aggregate(claimed, Invite.Evolve).DefaultRooms.ShouldBe([new RoomId("!boats")]);
        Accepted(claimed, new RedeemInvite(Anna)).Aggregate(claimed, Invite.Evolve).DefaultRooms.ShouldBeEmpty("the claim of that account was taken over");
    }

    [Fact]
    public void Redeeming_without_a_claim_holds_because_the_account_is_there() =>
        After(Issue, new RedeemInvite(Anna)).Status.ShouldBe(InviteStatus.Redeemed);

    [Fact]
    public void A_redemption_that_came_after_a_revocation_still_holds() =>
        After(Issue, new RevokeInvite(Alice), new RedeemInvite(Anna)).Status.ShouldBe(InviteStatus.Redeemed);

    [Fact]
    public void Redeeming_twice_for_the_same_account_changes_nothing() =>
        Accepted(After(Issue, new RedeemInvite(Anna)), new RedeemInvite(Anna)).ShouldBeEmpty();

    [Fact]
    public void A_second_account_contests() =>
        Accepted(After(Issue, new RedeemInvite(Anna)), new RedeemInvite(new AccountId("ben")))
            .ShouldHaveSingleItem().ShouldBeOfType<InviteContested>().Account.ShouldBe(new AccountId("ben"));

    [Fact]
    public void A_claim_by_another_browser_is_refused_while_one_is_held() =>
        Refused(After(Issue, Claim), Claim with { ClaimKey = "other" }).Code.ShouldBe("invite_in_use");

    [Fact]
    public void A_claim_of_the_same_browser_with_another_account_takes_over() =>
        After(Issue, Claim, Claim with { Account = new AccountId("anna-again") }).Claim!.Account.ShouldBe(new AccountId("anna-again"));

    [Fact]
    public void A_claim_outlives_its_lease_until_it_is_released() =>
        InviteDecider.Obstacle(After(Issue, Claim), 1, Now.AddHours(1))!.Code.ShouldBe("invite_in_use");

    [Fact]
    public void A_released_invite_can_be_claimed_again() =>
        After(Issue, Claim, new ReleaseInvite("key", Anna, "rolled_back"), Claim with { ClaimKey = "other" }).Claim!.Key.ShouldBe("other");

    [Fact]
    public void A_release_by_who_does_not_hold_the_claim_changes_nothing() =>
        Accepted(After(Issue, Claim), new ReleaseInvite("other", Anna, "rolled_back")).ShouldBeEmpty();

    [Fact]
    public void Whoever_gives_memberships_has_more_room_than_a_member()
    {
        var manager = Facts with { Rights = Facts.Rights with { Kind = InviterKind.UserManager }, OpenInvites = Policy.MaxOpen, IssuedLastDay = Policy.MaxPerDay };

        Accepted(Invite.Initial, Issue with { Facts = manager }).Count.ShouldBe(1);
        Refused(Invite.Initial, Issue with { Facts = manager with { OpenInvites = Policy.ManagerMaxOpen } }).Code.ShouldBe("quota_open");
        Refused(Invite.Initial, Issue with { Facts = manager with { IssuedLastDay = Policy.ManagerMaxPerDay } }).Code.ShouldBe("quota_day");
    }

    [Fact]
    public void A_refusal_names_what_it_is_about() =>
        Refused(Invite.Initial, Issue with { Memberships = [new("elsewhere", "Users")] }).Argument.ShouldBe("elsewhere");

    public static TheoryData<InviteRights> Rights_that_do_not_reach { get; } = new(
        InviteRights.None,
        SampleInvites.Rights(memberships: [Members]),
        SampleInvites.Rights(memberships: [Users]),
        SampleInvites.Rights(memberships: [new("harbour", "Admins"), Members]));

    [Theory]
    [MemberData(nameof(Rights_that_do_not_reach))]
    public void An_inviter_who_lost_a_right_brings_nobody_in_by_it(InviteRights rights)
    {
        Refused(After(Issue), Claim with { Rights = rights }).Code.ShouldBe("inviter_gone");
        Refused(After(Issue), new ResendInvite(Alice, Facts with { Rights = rights }, Policy)).Code.ShouldBe("inviter_gone");
        Refused(After(Issue), new ExtendInvite(Alice, rights, Policy), Now.AddDays(1)).Code.ShouldBe("inviter_gone");
        Refused(After(Issue), new TakeLink(Alice, rights, Policy with { AllowLinks = true })).Code.ShouldBe("inviter_gone");
    }

    [Fact]
    public void A_frozen_inviter_is_told_so_and_who_follows_the_link_is_not()
    {
        var rights = Facts.Rights with { IsFrozen = true };
        Refused(After(Issue), new ResendInvite(Alice, Facts with { Rights = rights }, Policy)).ShouldBe(InviteRefusals.InvitingFrozen);
        Refused(After(Issue), new ExtendInvite(Alice, rights, Policy), Now.AddDays(1)).ShouldBe(InviteRefusals.InvitingFrozen);
        Refused(After(Issue), new TakeLink(Alice, rights, Policy with { AllowLinks = true })).ShouldBe(InviteRefusals.InvitingFrozen);
        Refused(After(Issue), Claim with { Rights = rights }).ShouldBe(InviteRefusals.InviterGone);
    }

    [Fact]
    public void An_extension_gives_the_link_that_is_out_a_whole_lifetime_again()
    {
        var state = After(Issue);
        var extended = Accepted(state, new ExtendInvite(Alice, Facts.Rights, Policy), Now.AddDays(10)).Aggregate(state, Invite.Evolve);

        extended.ExpiresAt.ShouldBe(Now.AddDays(24));
        extended.Generation.ShouldBe(1);
        Refused(extended, new ExtendInvite(Alice, Facts.Rights, Policy), Now.AddDays(10)).Code.ShouldBe("extension_limit");
    }

    [Fact]
    public void An_invite_that_ended_is_not_extended()
    {
        Refused(After(Issue), new ExtendInvite(Alice, Facts.Rights, Policy), Now.AddDays(14)).Code.ShouldBe("invite_expired");
        Refused(After(Issue, new RevokeInvite(Alice)), new ExtendInvite(Alice, Facts.Rights, Policy)).Code.ShouldBe("invite_revoked");
        Refused(After(Issue, Claim), new ExtendInvite(Alice, Facts.Rights, Policy)).Code.ShouldBe("invite_in_use");
    }

    [Fact]
    public void Links_are_taken_only_where_that_is_the_policy()
    {
        Refused(After(Issue), new TakeLink(Alice, Facts.Rights, Policy)).Code.ShouldBe("link_not_allowed");
        After(Issue, new TakeLink(Alice, Facts.Rights, Policy with { AllowLinks = true })).LinkTaken.ShouldBeTrue();
    }

    [Fact]
    public void A_resend_makes_a_taken_link_worthless() =>
        After(Issue, new TakeLink(Alice, Facts.Rights, Policy with { AllowLinks = true }), new ResendInvite(Alice, Facts, Policy)).LinkTaken.ShouldBeFalse();

    [Fact]
    public void A_token_of_an_older_generation_is_unknown() =>
        Refused(After(Issue, new ResendInvite(Alice, Facts, Policy)), Claim).Code.ShouldBe("invite_unknown");

    [Fact]
    public void Claiming_after_the_expiry_is_refused_before_any_timer_ran() =>
        Refused(After(Issue), Claim, Now.AddDays(14)).Code.ShouldBe("invite_expired");

    [Fact]
    public void The_timer_expires_an_invite_only_when_its_time_is_over()
    {
        Accepted(After(Issue), new ExpireInvite(), Now.AddDays(14).AddTicks(-1)).ShouldBeEmpty();
        Accepted(After(Issue), new ExpireInvite(), Now.AddDays(14)).ShouldHaveSingleItem().ShouldBeOfType<InviteExpired>();
    }

    [Fact]
    public void The_timer_does_not_end_a_registration_in_progress() =>
        Accepted(After(Issue, Claim), new ExpireInvite(), Now.AddDays(20)).ShouldBeEmpty();

    [Fact]
    public void Revoking_twice_changes_nothing() => Accepted(After(Issue, new RevokeInvite(Alice)), new RevokeInvite(Alice)).ShouldBeEmpty();

    [Fact]
    public void Revoking_a_registration_in_progress_is_refused() =>
        Refused(After(Issue, Claim), new RevokeInvite(Alice)).Code.ShouldBe("invite_in_use");

    [Fact]
    public void Declining_takes_the_token_that_was_sent_last() =>
        Refused(After(Issue), new DeclineInvite(2)).Code.ShouldBe("invite_unknown");

    [Fact]
    public void A_resend_ends_at_the_policys_number_of_generations() =>
        Refused(After(Issue, new ResendInvite(Alice, Facts, Policy), new ResendInvite(Alice, Facts, Policy)), new ResendInvite(Alice, Facts, Policy))
            .Code.ShouldBe("recipient_limit");

    [Fact]
    public void Resending_an_expired_invite_opens_it_again()
    {
        var expired = Accepted(After(Issue), new ExpireInvite(), Now.AddDays(15)).Aggregate(After(Issue), Invite.Evolve);

        Accepted(expired, new ResendInvite(Alice, Facts, Policy), Now.AddDays(15)).Aggregate(expired, Invite.Evolve).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void A_delivery_that_is_unknown_may_still_turn_out_sent() =>
        After(Issue, new RecordDelivery(1, InviteDelivery.Unknown), new RecordDelivery(1, InviteDelivery.Sent)).Delivery.ShouldBe(InviteDelivery.Sent);

    [Fact]
    public void The_outcome_of_an_older_generation_is_not_recorded() =>
        Accepted(After(Issue, new ResendInvite(Alice, Facts, Policy)), new RecordDelivery(1, InviteDelivery.Failed, "mailbox_unknown")).ShouldBeEmpty();

    [Fact]
    public void Reminders_go_to_whom_they_were_chosen_for_and_once()
    {
        var issued = After(Issue with { RemindInvitee = true }, new RecordDelivery(1, InviteDelivery.Sent));
        var end = issued.ExpiresAt;
        var reminded = Accepted(issued, new RemindInvite(end));

        reminded.Cast<InviteReminded>().Select(reminder => reminder.To).ShouldBe([InviteParty.Inviter, InviteParty.Invitee]);
        Accepted(reminded.Aggregate(issued, Invite.Evolve), new RemindInvite(end)).ShouldBeEmpty();
        Accepted(After(Issue with { RemindInviter = false }), new RemindInvite(end)).ShouldBeEmpty();
        Accepted(After(Issue with { RemindInvitee = true, RemindInviter = false }), new RemindInvite(end)).ShouldBeEmpty("no mail has reached the invitee");
    }

    [Fact]
    public void A_new_generation_reminds_the_inviter_again_and_the_invitee_no_more()
    {
        var issued = After(Issue with { RemindInvitee = true }, new RecordDelivery(1, InviteDelivery.Sent), new RemindInvite(Now.AddDays(14)));
        var resent = After(issued, new ResendInvite(Alice, Facts, Policy), new RecordDelivery(2, InviteDelivery.Sent));

        Accepted(resent, new RemindInvite(resent.ExpiresAt)).ShouldHaveSingleItem().ShouldBeOfType<InviteReminded>().To.ShouldBe(InviteParty.Inviter);
    }

    [Fact]
    public void A_timer_that_was_set_for_another_end_or_comes_after_it_reminds_nobody()
    {
        var issued = After(Issue);

        Accepted(issued, new RemindInvite(issued.ExpiresAt.AddDays(1))).ShouldBeEmpty();
        Accepted(issued, new RemindInvite(issued.ExpiresAt), issued.ExpiresAt).ShouldBeEmpty();
        Accepted(After(Issue, Claim), new RemindInvite(issued.ExpiresAt)).ShouldBeEmpty();
        Accepted(After(Issue, new RevokeInvite(Alice)), new RemindInvite(issued.ExpiresAt)).ShouldBeEmpty();
    }

    private static Invite After(Invite state, params InviteCommand[] commands) =>
        commands.Aggregate(state, (before, command) => Accepted(before, command).Aggregate(before, Invite.Evolve));

    private static Invite After(params InviteCommand[] commands) =>
        commands.Aggregate(Invite.Initial, (state, command) => Accepted(state, command).Aggregate(state, Invite.Evolve));

    private static IReadOnlyList<InviteEvent> Accepted(Invite state, InviteCommand command, DateTimeOffset? now = null)
    {
        var decision = InviteDecider.Decide(state, command, now ?? Now);
        decision.Refusal.ShouldBeNull();
        return decision.Events;
    }

    private static Refusal Refused(Invite state, InviteCommand command, DateTimeOffset? now = null) =>
        InviteDecider.Decide(state, command, now ?? Now).Refusal.ShouldNotBeNull();
}
