using Companion.Community.Approvals;
using Companion.Community.Directory;
using InviteDecision = Companion.Foundation.Kernel.Decision<Companion.Journey.Invites.InviteEvent>;

namespace Companion.Journey.Invites;

public abstract record InviteCommand
{
    private protected InviteCommand()
    {
    }
}

/// <param name="Facts">What the rules need to know of the world, read in the same transaction.</param>
/// <param name="AwaitingApproval">People have to approve it before it is sent.</param>
/// <param name="RemindInviter">Before it runs out; null for what the policy says.</param>
/// <param name="RemindInvitee">Before it runs out.</param>
public sealed record IssueInvite(
    InviteId InviteId,
    AccountId Inviter,
    ContactId ContactId,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    string Language,
    InviteFacts Facts,
    InvitePolicy Policy,
    bool AwaitingApproval = false,
    bool? RemindInviter = null,
    bool RemindInvitee = false) : InviteCommand;

public sealed record ApproveInvite(InvitePolicy Policy) : InviteCommand;

public sealed record DenyInvite : InviteCommand;

/// <param name="Reopened">Because the invitee wished to hear when a pause is over.</param>
public sealed record ResendInvite(AccountId By, InviteFacts Facts, InvitePolicy Policy, bool Reopened = false) : InviteCommand;

/// <summary>Lets the link that is out live as long as a new one would.</summary>
public sealed record ExtendInvite(AccountId By, InviteRights Rights, InvitePolicy Policy) : InviteCommand;

/// <summary>Somebody takes a further link of this generation out of the companion's hands.</summary>
public sealed record TakeLink(AccountId By, InviteRights Rights, InvitePolicy Policy) : InviteCommand;

/// <param name="By">Null for the operator, at the command line.</param>
public sealed record RevokeInvite(AccountId? By) : InviteCommand;

/// <summary>The timer says that it runs out soon; nothing happens where it does not.</summary>
/// <param name="ExpiresAt">The end that the timer was set for.</param>
public sealed record RemindInvite(DateTimeOffset ExpiresAt) : InviteCommand;

public sealed record DeclineInvite(int Generation) : InviteCommand;

/// <summary>The timer says the time may be over; nothing happens when it is not.</summary>
public sealed record ExpireInvite : InviteCommand;

public sealed record RecordDelivery(int Generation, InviteDelivery Outcome, string? Reason = null) : InviteCommand;

public sealed record MatchAccount(AccountId Account) : InviteCommand;

/// <param name="Generation">Of the token that was exchanged for the handle.</param>
/// <param name="Rights">Of the inviter, read from the identity provider now: who has left, or lost a right, brings nobody in by it.</param>
/// <param name="DefaultRooms">Those that the newcomer's answers chose.</param>
/// <param name="Approvals">What people have to decide before the newcomer is let in.</param>
public sealed record ClaimInvite(
    int Generation,
    string ClaimKey,
    AccountId Account,
    TimeSpan Lease,
    InviteRights Rights,
    IReadOnlyList<RoomId> DefaultRooms,
    IReadOnlyList<ApprovalRequirement>? Approvals = null) : InviteCommand;

public sealed record ReleaseInvite(string ClaimKey, AccountId Account, string Reason) : InviteCommand;

/// <summary>The account exists and carries the invite's mark.</summary>
public sealed record RedeemInvite(AccountId Account) : InviteCommand;

/// <summary>What issuing and resending must know, read in the transaction that appends.</summary>
/// <param name="OwnContact">The contact is the inviter's own address.</param>
/// <param name="ContactHasOpenInvite">Another open invite goes to the same contact.</param>
/// <param name="OpenInvites">Of this inviter, this one not counted.</param>
/// <param name="IssuedLastDay">By this inviter in the last 24 hours.</param>
/// <param name="RecipientLastDay">Invites to the same mailbox (aliases folded) in the last 24 hours.</param>
/// <param name="RecipientEver">Invites to the same mailbox, aliases folded.</param>
/// <param name="Rights">What this inviter may invite into.</param>
/// <param name="MemberOf">Aliases of organisations that the contact is in already, as far as the inviter may know it.</param>
public sealed record InviteFacts(
    bool OwnContact,
    bool ContactHasOpenInvite,
    int OpenInvites,
    int IssuedLastDay,
    int RecipientLastDay,
    int RecipientEver,
    InviteRights Rights,
    IReadOnlySet<string> MemberOf);

/// <summary>Every reason an invite's decider refuses, with its stable code and its sentence.</summary>
public static class InviteRefusals
{
    public static Refusal Unknown { get; } = new("invite_unknown", "We don't know this invitation. Copy the link whole from the mail.");

    public static Refusal Expired { get; } = new("invite_expired", "This invitation has run out. Ask the person who invited you for a new link.");

    public static Refusal Revoked { get; } = new("invite_revoked", "This invitation was withdrawn.");

    public static Refusal Declined { get; } = new("invite_declined", "This invitation was declined.");

    public static Refusal Redeemed { get; } = new("invite_redeemed", "This invitation has already been used. If that was you, sign in.");

    public static Refusal InUse { get; } = new(
        "invite_in_use", "Someone is filling in this registration now. If that is you, go on there; otherwise try again in a few minutes.");

    public static Refusal Waiting { get; } = new("invite_waiting", "A moderator looks at this invitation first. A mail comes when that is done.");

    public static Refusal Denied { get; } = new("invite_denied", "This invitation was not approved.");

    public static Refusal NotApproved { get; } = new("invite_not_approved", "Nobody approved this invitation in time. Send a new one.");

    public static Refusal InviterGone { get; } = new("inviter_gone", "The person who sent this invitation can't invite any more. Ask another member.");

    /// <summary>As <see cref="InviterGone"/>, in words for the inviter.</summary>
    public static Refusal CannotInvite { get; } = new("inviter_gone", "Your account can't invite now: it is disabled or gone. Ask a moderator.");

    public static Refusal InvitingFrozen { get; } = new(
        "inviting_frozen", "A moderator has paused your invitations. You can go on when a moderator allows it again; ask one.");

    public static Refusal OwnContact { get; } = new("contact_own", "That is your own address.", "contact");

    public static Refusal RecipientLimit { get; } = new(
        "recipient_limit",
        "This person already has an invitation, or was sent as many as are allowed. Ask them to look for it, or ask a moderator.",
        "contact");

    public static Refusal ContactForgotten { get; } = new(
        "contact_forgotten", "The address of this invitation was deleted some time after its end. Send a new invitation.");

    public static Refusal RoomsUnavailable { get; } = new(
        "rooms_unavailable", "The chat server doesn't answer, so rooms can't be offered now. Try again in a moment or invite without rooms.", "rooms");

    public static Refusal LinkNotAllowed { get; } = new(
        "link_not_allowed", "Links can't be taken from here. Send the invitation again instead.");

    public static Refusal ExtensionLimit { get; } = new(
        "extension_limit", "This invitation can't run any longer. Send a new one when it has ended.");

    public static Refusal OrganizationNotAllowed(string name) => NotAllowed("organisation_not_allowed", name, "organization");

    public static Refusal GroupNotAllowed(string name) => NotAllowed("group_not_allowed", name, "group");

    public static Refusal RoomNotAllowed(string name) => NotAllowed("room_not_allowed", name, "rooms");

    public static Refusal AlreadyInOrganization(string name) =>
        new("already_in_organisation", $"This person is in {name} already.", "contact", name);

    public static Refusal QuotaOpen(int open)
    {
        var count = Number(open);
        return new("quota_open", $"You have {count} open invitations; when one is accepted or ends you can send the next.", Argument: count);
    }

    public static Refusal QuotaDay(int issued)
    {
        var count = Number(issued);
        return new("quota_day", $"You sent {count} invitations in the last 24 hours; tomorrow you can send the next.", Argument: count);
    }

    public static Refusal ContactDuplicate(int row)
    {
        var number = Number(row);
        return new("contact_duplicate", $"This address is in row {number} already.", "contact", number);
    }

    private static Refusal NotAllowed(string code, string name, string field) =>
        new(code, $"You can't invite into {name}; ask one of its admins.", field, name);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The rules of an invite. Pure: the same state, command and time give the same answer.</summary>
public static class InviteDecider
{
    public static InviteDecision Decide(Invite state, InviteCommand command, DateTimeOffset now) => command switch
    {
        IssueInvite c => Issue(state, c, now),
        _ when state.Status == InviteStatus.None => InviteDecision.Refuse(InviteRefusals.Unknown),
        ApproveInvite c => state.Status == InviteStatus.AwaitingApproval
            ? InviteDecision.Accept(new InviteApproved(new(state.Id), now + c.Policy.Lifetime, now))
            : InviteDecision.Nothing,
        DenyInvite => state.Status == InviteStatus.AwaitingApproval
            ? InviteDecision.Accept(new InviteDenied(new(state.Id), now))
            : InviteDecision.Nothing,
        ResendInvite c => Resend(state, c, now),
        ExtendInvite c => Extend(state, c, now),
        TakeLink c => Take(state, c, now),
        RevokeInvite c => End(state, new InviteRevoked(new(state.Id), c.By, now)),
        DeclineInvite c => c.Generation == state.Generation
            ? End(state, new InviteDeclined(new(state.Id), now))
            : InviteDecision.Refuse(InviteRefusals.Unknown),
        ExpireInvite => state.Status is InviteStatus.Issued or InviteStatus.AwaitingApproval && state.ExpiresAt <= now
            ? InviteDecision.Accept(new InviteExpired(new(state.Id), now))
            : InviteDecision.Nothing,
        RemindInvite c => state.Status == InviteStatus.Issued && state.ExpiresAt == c.ExpiresAt && now < state.ExpiresAt
            ? InviteDecision.Accept(Remind(state, now))
            : InviteDecision.Nothing,
        RecordDelivery c => Record(state, c, now),
        MatchAccount c => state.IsOpen && state.MatchedAccount is null
            ? InviteDecision.Accept(new InviteMatchedAccount(new(state.Id), c.Account, now))
            : InviteDecision.Nothing,
        ClaimInvite c => Claim(state, c, now),
        ReleaseInvite c => Holds(state, c.ClaimKey, c.Account)
            ? InviteDecision.Accept(new InviteReleased(new(state.Id), c.ClaimKey, c.Account, c.Reason, now))
            : InviteDecision.Nothing,
        RedeemInvite c => Redeem(state, c, now),
        _ => throw new InvalidOperationException($"Unknown invite command {command.GetType().Name}."),
    };

    /// <summary>Why a holder of a token of this generation can't go on now; null when they can.</summary>
    public static Refusal? Obstacle(Invite state, int generation, DateTimeOffset now) => state.Status switch
    {
        InviteStatus.None => InviteRefusals.Unknown,
        InviteStatus.Redeemed => InviteRefusals.Redeemed,
        InviteStatus.Revoked => InviteRefusals.Revoked,
        InviteStatus.Declined => InviteRefusals.Declined,
        InviteStatus.Denied => InviteRefusals.Denied,
        InviteStatus.AwaitingApproval => InviteRefusals.Waiting,
        _ when generation != state.Generation => InviteRefusals.Unknown,
        InviteStatus.Expired => InviteRefusals.Expired,
        // Also after the lease: only the reconciler, which looks for the account, may free a claim.
        InviteStatus.Claimed => InviteRefusals.InUse,
        _ when state.ExpiresAt <= now => InviteRefusals.Expired,
        _ => null,
    };

    private static InviteDecision Issue(Invite state, IssueInvite command, DateTimeOffset now)
    {
        if (state.Status != InviteStatus.None)
        {
            return InviteDecision.Nothing;
        }

        var refusal = InviterObstacle(command.Facts)
            ?? ReachObstacle(command)
            ?? MemberObstacle(command)
            ?? QuotaObstacle(command.Facts, command.Policy)
            ?? RecipientObstacle(command.Facts, command.Policy);
        return refusal is not null
            ? InviteDecision.Refuse(refusal)
            : InviteDecision.Accept(new InviteIssued(
                command.InviteId,
                command.Inviter,
                command.ContactId,
                command.Memberships,
                command.Rooms,
                command.Language,
                now + command.Policy.Lifetime,
                now,
                Vouched: true,
                AwaitingApproval: command.AwaitingApproval,
                RemindInviter: command.RemindInviter ?? command.Policy.RemindInviter,
                RemindInvitee: command.RemindInvitee));
    }

    private static InviteDecision Resend(Invite state, ResendInvite command, DateTimeOffset now)
    {
        var refusal = state.Status switch
        {
            InviteStatus.Redeemed => InviteRefusals.Redeemed,
            InviteStatus.Revoked => InviteRefusals.Revoked,
            InviteStatus.Declined => InviteRefusals.Declined,
            InviteStatus.Claimed => InviteRefusals.InUse,
            InviteStatus.Denied => InviteRefusals.Denied,
            InviteStatus.AwaitingApproval => InviteRefusals.Waiting,
            _ when state.IsHeldBack => InviteRefusals.NotApproved,
            _ when !Reaches(command.Facts.Rights, state) => CannotInvite(command.Facts.Rights),
            _ when state.Generation >= command.Policy.MaxGenerations || command.Facts.ContactHasOpenInvite => InviteRefusals.RecipientLimit,
            InviteStatus.Expired => QuotaObstacle(command.Facts, command.Policy),
            _ => null,
        };
        return refusal is not null
            ? InviteDecision.Refuse(refusal)
            : InviteDecision.Accept(
                new InviteResent(new(state.Id), command.By, state.Generation + 1, now + command.Policy.Lifetime, now, command.Reopened));
    }

    private static InviteDecision Claim(Invite state, ClaimInvite command, DateTimeOffset now)
    {
        var sameKey = state.Claim?.Key == command.ClaimKey;
        if (sameKey && state.Claim!.Account == command.Account)
        {
            return InviteDecision.Nothing;
        }

        var refusal = Obstacle(state, command.Generation, now);
        if (refusal is not null && !(sameKey && refusal == InviteRefusals.InUse))
        {
            return InviteDecision.Refuse(refusal);
        }

        return Reaches(command.Rights, state)
            ? InviteDecision.Accept(new InviteClaimed(
                new(state.Id), command.ClaimKey, command.Account, now + command.Lease, now, command.DefaultRooms, command.Approvals))
            : InviteDecision.Refuse(InviteRefusals.InviterGone);
    }

    private static InviteDecision Redeem(Invite state, RedeemInvite command, DateTimeOffset now) => state switch
    {
        { Status: InviteStatus.Redeemed } when state.Account == command.Account || state.Contested.Contains(command.Account) => InviteDecision.Nothing,
        { Status: InviteStatus.Redeemed } => InviteDecision.Accept(new InviteContested(new(state.Id), command.Account, now)),
        // The account is there: a revocation or expiry that came between claim and commit is too late.
        _ => InviteDecision.Accept(new InviteRedeemed(new(state.Id), command.Account, now)),
    };

    private static InviteDecision End(Invite state, InviteEvent end) => state.Status switch
    {
        InviteStatus.Redeemed => InviteDecision.Refuse(InviteRefusals.Redeemed),
        InviteStatus.Claimed => InviteDecision.Refuse(InviteRefusals.InUse),
        InviteStatus.Issued or InviteStatus.AwaitingApproval => InviteDecision.Accept(end),
        _ => InviteDecision.Nothing,
    };

    /// <summary>An invitee whom no mail has reached is not reminded of one.</summary>
    private static List<InviteEvent> Remind(Invite state, DateTimeOffset now)
    {
        List<InviteEvent> events = [];
        if (state.RemindInviter && state.InviterReminded < state.Generation)
        {
            events.Add(new InviteReminded(new(state.Id), state.Generation, InviteParty.Inviter, now));
        }

        if (state is { RemindInvitee: true, InviteeReminded: false, Delivery: InviteDelivery.Sent or InviteDelivery.Unknown })
        {
            events.Add(new InviteReminded(new(state.Id), state.Generation, InviteParty.Invitee, now));
        }

        return events;
    }

    private static InviteDecision Record(Invite state, RecordDelivery command, DateTimeOffset now)
    {
        if (command.Generation != state.Generation || state.Delivery is InviteDelivery.Sent || command.Outcome == state.Delivery)
        {
            return InviteDecision.Nothing;
        }

        InviteId id = new(state.Id);
        return command.Outcome switch
        {
            InviteDelivery.Sent => InviteDecision.Accept(new InviteSent(id, command.Generation, now)),
            InviteDelivery.Failed => InviteDecision.Accept(
                new InviteDeliveryFailed(id, command.Generation, command.Reason ?? "unspecified", now)),
            InviteDelivery.Unknown => InviteDecision.Accept(new InviteDeliveryUnknown(id, command.Generation, now)),
            _ => InviteDecision.Nothing,
        };
    }

    private static bool Holds(Invite state, string claimKey, AccountId account) =>
        state.Claim is { } claim && claim.Key == claimKey && claim.Account == account;

    private static InviteDecision Extend(Invite state, ExtendInvite command, DateTimeOffset now)
    {
        var until = Earlier(now + command.Policy.Lifetime, state.IssuedAt + InvitePolicy.LongestLifetime);
        return OpenObstacle(state, command.Rights, now) is { } refusal ? InviteDecision.Refuse(refusal)
            : until <= state.ExpiresAt ? InviteDecision.Refuse(InviteRefusals.ExtensionLimit)
            : InviteDecision.Accept(new InviteExtended(new(state.Id), command.By, until, now));
    }

    private static InviteDecision Take(Invite state, TakeLink command, DateTimeOffset now) =>
        (command.Policy.AllowLinks ? OpenObstacle(state, command.Rights, now) : InviteRefusals.LinkNotAllowed) is { } refusal
            ? InviteDecision.Refuse(refusal)
            : InviteDecision.Accept(new InviteLinkTaken(new(state.Id), command.By, state.Generation, now));

    private static Refusal? OpenObstacle(Invite state, InviteRights inviter, DateTimeOffset now) =>
        Obstacle(state, state.Generation, now) ?? (Reaches(inviter, state) ? null : CannotInvite(inviter));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>The inviter may still give all that the invite holds. Rooms are looked at when somebody enters.</summary>
    internal static bool Reaches(InviteRights inviter, Invite state) => inviter.MayInvite && state.Memberships.All(inviter.MayGive);

    private static Refusal CannotInvite(InviteRights rights) => rights.IsFrozen ? InviteRefusals.InvitingFrozen : InviteRefusals.CannotInvite;

    private static Refusal? InviterObstacle(InviteFacts facts) =>
        !facts.Rights.MayInvite ? CannotInvite(facts.Rights) : facts.OwnContact ? InviteRefusals.OwnContact : null;

    private static Refusal? ReachObstacle(IssueInvite command)
    {
        var rights = command.Facts.Rights;
        if (command.Memberships.FirstOrDefault(membership => !rights.MayGive(membership)) is { } denied)
        {
            return denied.Organization is { } organization && !rights.MayUse(organization)
                ? InviteRefusals.OrganizationNotAllowed(organization)
                : InviteRefusals.GroupNotAllowed(denied.Group ?? "");
        }

        var closed = command.Rooms.Where(room => !rights.Rooms.Contains(room)).ToList();
        return closed is [var first, ..] ? InviteRefusals.RoomNotAllowed(first.Value) : null;
    }

    private static Refusal? MemberObstacle(IssueInvite command) =>
        command.Memberships.Select(membership => membership.Organization).OfType<string>().FirstOrDefault(command.Facts.MemberOf.Contains) is { } held
            ? InviteRefusals.AlreadyInOrganization(held)
            : null;

    private static Refusal? QuotaObstacle(InviteFacts facts, InvitePolicy policy)
    {
        var kind = facts.Rights.Kind ?? InviterKind.Member;
        return facts.OpenInvites >= policy.MaxOpenOf(kind) ? InviteRefusals.QuotaOpen(facts.OpenInvites)
            : facts.IssuedLastDay >= policy.MaxPerDayOf(kind) ? InviteRefusals.QuotaDay(facts.IssuedLastDay)
            : null;
    }

    private static Refusal? RecipientObstacle(InviteFacts facts, InvitePolicy policy) =>
        facts.ContactHasOpenInvite
        || facts.RecipientLastDay >= policy.MaxPerRecipientPerDay
        || facts.RecipientEver >= policy.MaxPerRecipient
            ? InviteRefusals.RecipientLimit
            : null;
}
