using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Foundation.Web;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>Gives the invite to the registration that is about to be committed, and to no other.</summary>
internal sealed class ClaimRegistration(
    RegistrationWebhooks webhooks,
    InviteHandles handles,
    NpgsqlDataSource dataSource,
    InviteStandings standings,
    Answers answers,
    IOptions<RegistrationOptions> options,
    IOptions<ApprovalOptions> approvals,
    TimeProvider clock)
{
    /// <summary>Whoever opens an invitation within this time after it was mailed has shown to read that mailbox.</summary>
    private static readonly TimeSpan ProofLifetime = TimeSpan.FromHours(24);

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoAnswers = new Dictionary<string, IReadOnlyList<string>>();

    private static readonly Refusal AddressMismatch = new(
        "address_mismatch", "This invitation is for another address. Register with the address it was sent to.", "address");

    /// <exception cref="IdentityProviderException">The inviter's standing is not known: nobody registers.</exception>
    public async Task<byte[]> AnswerAsync(WebhookMessage message, ClaimMessage request, CancellationToken cancellationToken)
    {
        var reference = handles.Read(request.Handle, InviteHandles.FormLifetime, clock.GetUtcNow());
        var standing = reference is null ? null : await StandingAsync(reference.InviteId, cancellationToken);
        return await webhooks.OnceAsync(
            message,
            async (unit, ct) => reference is null || standing is null
                ? answers.Refuse(InviteRefusals.Unknown)
                : await ClaimAsync(unit, reference, request, standing, ct),
            cancellationToken);
    }

    /// <returns>Null where there is no such invite.</returns>
    private async Task<InviteStanding?> StandingAsync(InviteId inviteId, CancellationToken cancellationToken)
    {
        var invite = await dataSource.ReadAsync(InviteStream.Type, inviteId.Value, cancellationToken);
        return invite.Status == InviteStatus.None ? null : await standings.ReadAsync(invite, cancellationToken);
    }

    private async Task<byte[]> ClaimAsync(
        UnitOfWork unit, InviteReference reference, ClaimMessage request, InviteStanding before, CancellationToken cancellationToken)
    {
        var stream = await unit.LoadAsync(InviteStream.Type, reference.InviteId.Value, cancellationToken);
        var standing = await InviteStandings.AgainAsync(unit, before, stream.State.Inviter, cancellationToken);
        var contact = await ContactTable.FindAsync(unit, stream.State.ContactId, cancellationToken);
        var given = request.Answers ?? NoAnswers;
        var command = new ClaimInvite(
            reference.Generation,
            request.ClaimKey,
            request.AccountId,
            options.Value.ClaimLease,
            standing.Rights,
            ChosenRooms.Of(given, options.Value.Questions),
            standing.Inviter is null || contact is null ? [] : Ask(await FactsAsync(unit, standing, cancellationToken), contact, stream.State));
        var decision = InviteDecider.Decide(stream.State, command, unit.Now);
        if (decision.Refusal is { } refusal)
        {
            return answers.Refuse(refusal);
        }

        // Who holds the invite already may hear so once more.
        if (decision.Events.Count > 0 && standing.Paused is { } paused)
        {
            return answers.Refuse(paused);
        }

        if (!Matches(contact, request.Address))
        {
            return answers.Refuse(AddressMismatch);
        }

        var claimed = unit.Append(InviteStream.Type, stream, decision.Events).State;
        if (decision.Events.Count > 0)
        {
            ContactTable.Answer(unit, claimed.ContactId, given);
            ReconcileClaim.Schedule(unit, claimed, options.Value);
        }

        return Answers.Of(Grant(claimed, unit.Now));
    }

    private static async Task<InviterFacts> FactsAsync(UnitOfWork unit, InviteStanding standing, CancellationToken cancellationToken)
    {
        var history = await InviterHistory.ReadAsync(unit, standing.Inviter!.Id, cancellationToken);
        return history.With(standing.Inviter, standing.Rights.Kind ?? InviterKind.Member, unit.Now);
    }

    private IReadOnlyList<ApprovalRequirement> Ask(InviterFacts inviter, Contact contact, Invite invite) => ApprovalRules.Ask(
        approvals.Value.Rules,
        ApprovalSubject.Newcomer,
        new ApprovalFacts(inviter, contact.Address.Domain, "email", invite.Memberships, invite.Rooms));

    private static ClaimAnswer Grant(Invite invite, DateTimeOffset now) => new(
        new InviteId(invite.Id),
        invite.Claim!.Approvals is { Count: > 0 },
        !invite.LinkTaken && now <= (invite.SentAt ?? invite.IssuedAt) + ProofLifetime,
        invite.Memberships,
        (int)Math.Max(0, (invite.Claim.LeaseUntil - now).TotalSeconds));

    private static bool Matches(Contact? invited, string given) =>
        invited is not null
        && EmailAddress.TryParse(given, out var address)
        && string.Equals(ContactKeys.MatchText(invited.Address), ContactKeys.MatchText(address), StringComparison.Ordinal);
}
