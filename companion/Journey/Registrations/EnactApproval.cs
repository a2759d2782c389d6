using Companion.Community.Approvals;
using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>Lets an invite out or ends it; lets a newcomer in or has the account denied.</summary>
internal sealed class EnactApproval(
    NpgsqlDataSource dataSource, ApprovalNotes notes, IIdentityProvider identityProvider, IOnboarding onboarding, IOptions<InvitePolicy> policy)
    : OutboxHandler<ApprovalDue>(ApprovalOutbox.Outcome)
{
    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<ApprovalDue> message, CancellationToken cancellationToken)
    {
        var state = await dataSource.ReadAsync(ApprovalStream.Type, message.StreamId, cancellationToken);
        var approve = state.Status == ApprovalStatus.Granted;
        return state is { Subject: ApprovalSubject.Newcomer, Account: { } account }
            ? await DecideAsync(state, account, approve, cancellationToken)
            : new OutboxResult.Done((unit, ct) => InviteStream.ChangeAsync(
                unit, state.InviteId, approve ? new ApproveInvite(policy.Value) : new DenyInvite(), ct));
    }

    private async Task<OutboxResult> DecideAsync(Approval state, AccountId account, bool approve, CancellationToken cancellationToken)
    {
        try
        {
            var reason = approve ? null : await notes.FindAsync(state.Id, state.Reason, cancellationToken);
            await identityProvider.DecideAsync(account, approve, reason, cancellationToken);
            return new OutboxResult.Done((unit, ct) => onboarding.SettleAsync(unit, state.InviteId, account, approve, null, ct));
        }
        catch (IdentityProviderException exception) when (exception.IsTransient)
        {
            return new OutboxResult.Retry(exception.Code, exception.RetryAfter);
        }
        catch (IdentityProviderException exception)
        {
            return new OutboxResult.Dead(exception.Code);
        }
    }
}
