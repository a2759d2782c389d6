using Companion.Community.Directory;
using InviteDecision = Companion.Foundation.Kernel.Decision<Companion.Journey.Invites.InviteEvent>;

namespace Companion.Journey.Invites;

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
