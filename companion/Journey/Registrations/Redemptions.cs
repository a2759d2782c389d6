using Companion.Community.Approvals;
using Companion.Community.Directory;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>Records that accounts carry an invite's mark: the first one redeems it, any other is a breach.</summary>
internal sealed partial class Redemptions(IOnboarding onboarding, ILogger<Redemptions> logger)
{
    /// <summary>The account that was asked about comes first; the others in an order that every replica agrees on.</summary>
    public static IReadOnlyList<Person> InOrder(IEnumerable<Person> marked, AccountId first) =>
        [.. marked.OrderBy(person => person.Id != first).ThenBy(person => person.Id.Value, StringComparer.Ordinal)];

    /// <param name="marked">Accounts as the identity provider showed them just now.</param>
    /// <param name="by">Who is said to have decided on the first one there; null where nobody says.</param>
    public async Task RecordAsync(
        UnitOfWork unit, InviteId inviteId, IReadOnlyList<Person> marked, AccountId? by, CancellationToken cancellationToken)
    {
        var stream = await unit.LoadAsync(InviteStream.Type, inviteId.Value, cancellationToken);
        foreach (var person in marked)
        {
            var decision = InviteDecider.Decide(stream.State, new RedeemInvite(person.Id), unit.Now);
            if (decision.Refusal is not null)
            {
                Log.MarkOfUnknownInvite(logger, inviteId, person.Id);
                return;
            }

            stream = unit.Append(InviteStream.Type, stream, decision.Events);
            await FollowAsync(unit, stream.State, person, by, decision.Events.SingleOrDefault(), cancellationToken);
        }
    }

    private async Task FollowAsync(
        UnitOfWork unit, Invite invite, Person person, AccountId? by, InviteEvent? happened, CancellationToken cancellationToken)
    {
        InviteId inviteId = new(invite.Id);
        switch (happened)
        {
            case InviteRedeemed:
                var awaiting = person.Approval is not (null or AccountStanding.Approved);
                await onboarding.StartAsync(unit, invite, person.Id, OnboardingKind.Newcomer, awaiting, cancellationToken);
                if (awaiting && invite.Approvals.Count > 0)
                {
                    RequestApproval request = new(ApprovalSubject.Newcomer, inviteId, person.Id, invite.Inviter, invite.Approvals);
                    await ApprovalStream.ChangeAsync(unit, ApprovalId.Of(inviteId, ApprovalSubject.Newcomer), request, cancellationToken);
                }

                if (person.Approval == AccountStanding.Denied)
                {
                    unit.Enqueue(LookAtAccount.Look, invite.Id, new AccountLook(inviteId, person.Id));
                }

                break;
            case InviteContested:
                Log.Contested(logger, inviteId, person.Id);
                unit.Enqueue(DenyAccount.Deny, invite.Id, new AccountLook(inviteId, person.Id));
                break;
            case null when invite.Account == person.Id && person.Approval is AccountStanding.Approved or AccountStanding.Denied:
                await onboarding.SettleAsync(unit, inviteId, person.Id, person.Approval == AccountStanding.Approved, by, cancellationToken);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Error, "Invite {InviteId} brought in a second account, {Account}; it is denied and must be looked at.")]
        public static partial void Contested(ILogger logger, InviteId inviteId, AccountId account);

        [LoggerMessage(501, LogLevel.Error, "Account {Account} carries the mark of invite {InviteId}, which is not known here.")]
        public static partial void MarkOfUnknownInvite(ILogger logger, InviteId inviteId, AccountId account);
    }
}
