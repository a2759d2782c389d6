using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Messages;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Invites;

/// <summary>
/// Mails one generation of an invite, or tells of it once more. An address that must not be written to, or that is a member's, gets no link; to the
/// inviter all of this looks the same.
/// </summary>
internal sealed class SendInviteMail(
    MailDelivery delivery,
    InviteMailText mailText,
    NpgsqlDataSource dataSource,
    ContactTable contacts,
    SuppressionList suppression,
    NeverAgainReferences neverAgain,
    InviteStandings standings,
    IIdentityProvider identityProvider,
    IOnboarding onboarding,
    IOptions<MailOptions> mail,
    IOptions<CommunityOptions> community,
    TimeProvider clock) : OutboxHandler<InviteMailDue>(InviteOutbox.Mail)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    public override int MaxParallel => 4;

    protected override Task<OutboxResult> HandleAsync(OutboxMessage<InviteMailDue> message, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(
            message,
            ct => PrepareAsync(message.Id, message.Payload, ct),
            (unit, result, reason, ct) => RecordAsync(unit, message.Payload, Of(result), reason, ct),
            cancellationToken);

    protected override Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<InviteMailDue> message, string code, CancellationToken cancellationToken) =>
        RecordAsync(unit, message.Payload, InviteDelivery.Failed, "not_sendable", cancellationToken);

    private async Task<MailPreparation> PrepareAsync(Guid outboxId, InviteMailDue due, CancellationToken cancellationToken)
    {
        var invite = await dataSource.ReadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        if (!IsWanted(invite, due, clock.GetUtcNow()) || await contacts.FindAsync(invite.ContactId, cancellationToken) is not { } contact)
        {
            return OutboxResult.Finished;
        }

        var standing = await standings.ReadAsync(invite, cancellationToken);
        if (standing.Paused is { } paused)
        {
            return new OutboxResult.Wait(paused.Code, LookAgain);
        }

        if (await suppression.ContainsAsync(contact.Address, cancellationToken))
        {
            return Ended(invite, due, InviteDelivery.Sent);
        }

        if (standing.IsInviterGone(invite) || standing.Inviter is not { } inviter)
        {
            return Ended(invite, due, InviteDelivery.Failed, standing.Rights.IsFrozen ? "inviting_frozen" : "inviter_gone");
        }

        var account = await identityProvider.FindByAddressAsync(contact.Address, cancellationToken);
        if (account is null or { AddressVerified: false, Approval: not AccountStanding.Denied })
        {
            // An address that nobody has proved is nobody's: registering frees it.
            return Plan(outboxId, due, invite, contact, inviter);
        }

        // Who registered by this very invite needs no onboarding as a member; the disabled are left alone.
        return account.Enabled && account.InviteId != due.InviteId && !IsFurther(invite, due)
            ? new OutboxResult.Done((unit, ct) => MatchAsync(unit, due, account, ct))
            : Ended(invite, due, InviteDelivery.Sent);
    }

    private MailPlan Plan(Guid outboxId, InviteMailDue due, Invite invite, Contact contact, Person inviter)
    {
        var token = InviteToken.Create();
        var unsubscribe = $"{community.Value.PublicUrl}/never-again?c={neverAgain.Issue(contact.Address)}";
        var text = mailText.Render(inviter, contact.Message, token, unsubscribe, invite.Language, invite.ExpiresAt, due.Occasion);
        var which = due.Occasion == InviteMailOccasion.Invitation ? "" : $".{outboxId:N}";
        var messageId = string.Create(
            CultureInfo.InvariantCulture, $"invite.{due.InviteId.Value:N}.{due.Generation}{which}@{mail.Value.Domain}");
        return new MailPlan(new OutgoingMail(contact.Address, messageId, unsubscribe, text), async (unit, ct) =>
        {
            var current = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, ct);
            if (!IsWanted(current.State, due, unit.Now))
            {
                return false;
            }

            InviteTokens.Add(unit, token, due.InviteId, due.Generation);
            return true;
        });
    }

    private static bool IsWanted(Invite invite, InviteMailDue due, DateTimeOffset now) =>
        invite.MatchedAccount is null && InviteDecider.Obstacle(invite, due.Generation, now) is null;

    /// <summary>The invitation itself went out before: what becomes of this mail says nothing about it.</summary>
    private static bool IsFurther(Invite invite, InviteMailDue due) =>
        due.Occasion != InviteMailOccasion.Invitation && invite.Delivery != InviteDelivery.Pending;

    private static OutboxResult Ended(Invite invite, InviteMailDue due, InviteDelivery outcome, string? reason = null) => IsFurther(invite, due)
        ? OutboxResult.Finished
        : new OutboxResult.Done((unit, ct) => RecordAsync(unit, due, outcome, reason, ct));

    private async Task MatchAsync(UnitOfWork unit, InviteMailDue due, Person account, CancellationToken cancellationToken)
    {
        var invite = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        if (!IsWanted(invite.State, due, unit.Now))
        {
            return;
        }

        // Two decisions, each on what the one before left: neither can be refused, for the invite is there.
        foreach (InviteCommand command in (InviteCommand[])[new MatchAccount(account.Id), new RecordDelivery(due.Generation, InviteDelivery.Sent)])
        {
            invite = unit.Append(InviteStream.Type, invite, InviteDecider.Decide(invite.State, command, unit.Now).Events);
        }

        await onboarding.StartAsync(unit, invite.State, account.Id, OnboardingKind.Member, awaitingApproval: false, cancellationToken);
    }

    private static InviteDelivery Of(DeliveryResult result) => result switch
    {
        DeliveryResult.Sent => InviteDelivery.Sent,
        DeliveryResult.Failed => InviteDelivery.Failed,
        _ => InviteDelivery.Unknown,
    };

    private static Task<Refusal?> RecordAsync(
        UnitOfWork unit, InviteMailDue due, InviteDelivery outcome, string? reason, CancellationToken cancellationToken) =>
        InviteStream.ChangeAsync(unit, due.InviteId, new RecordDelivery(due.Generation, outcome, reason), cancellationToken);
}
