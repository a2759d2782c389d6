using System.Globalization;
using Companion.Contacts;
using Companion.Decisions;
using Companion.Directory;
using Companion.EventStore;
using Companion.Hosting;
using Companion.Invites;
using Companion.Onboarding;
using Companion.Outbox;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.Delivery;

/// <summary>
/// Mails one generation of an invite. An address that must not be written to, or that is a member's, gets no link; to the
/// inviter all of this looks the same.
/// </summary>
internal sealed class SendInviteMail(
    MailDelivery delivery,
    MailTemplates templates,
    NpgsqlDataSource dataSource,
    ContactTable contacts,
    SuppressionList suppression,
    NeverAgainReferences neverAgain,
    IIdentityProvider identityProvider,
    IOptions<MailOptions> mail,
    IOptions<CommunityOptions> community,
    IOptions<ContactOptions> retention,
    TimeProvider clock) : OutboxHandler<InviteMailDue>(InviteOutbox.Mail)
{
    public override int MaxParallel => 4;

    protected override Task<OutboxResult> HandleAsync(OutboxMessage<InviteMailDue> message, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(
            message,
            ct => PrepareAsync(message.Payload, ct),
            (unit, outcome, reason, ct) => RecordAsync(unit, message.Payload, outcome, reason, ct),
            cancellationToken);

    protected override Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<InviteMailDue> message, string code, CancellationToken cancellationToken) =>
        RecordAsync(unit, message.Payload, InviteDelivery.Failed, "not_sendable", cancellationToken);

    private async Task<MailPreparation> PrepareAsync(InviteMailDue due, CancellationToken cancellationToken)
    {
        var invite = await dataSource.ReadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        if (!IsWanted(invite, due, clock.GetUtcNow()) || await contacts.FindAsync(invite.ContactId, cancellationToken) is not { } contact)
        {
            return OutboxResult.Finished;
        }

        if (await suppression.ContainsAsync(contact.Address, cancellationToken))
        {
            return Ended(due, InviteDelivery.Sent);
        }

        var account = await identityProvider.FindByAddressAsync(contact.Address, cancellationToken);
        if (account is not null)
        {
            // Who registered by this very invite needs no onboarding as a member; the disabled are left alone.
            return account.Enabled && account.InviteId != due.InviteId
                ? new OutboxResult.Done((unit, ct) => MatchAsync(unit, due, account.Id, ct))
                : Ended(due, InviteDelivery.Sent);
        }

        return await identityProvider.FindAsync(invite.Inviter, cancellationToken) is { Enabled: true } inviter
            ? Plan(due, invite, contact, inviter)
            : Ended(due, InviteDelivery.Failed, "inviter_gone");
    }

    private MailPlan Plan(InviteMailDue due, Invite invite, Contact contact, Person inviter)
    {
        var token = InviteToken.Create();
        var language = templates.LanguageFor(invite.Language);
        var unsubscribe = $"{community.Value.PublicUrl}/never-again?c={neverAgain.Issue(contact.Address)}";
        var text = templates.Render("invite", language, new Dictionary<string, string?>
        {
            ["inviter"] = ShownName.OrMember(inviter.DisplayName, language),
            ["message"] = contact.Message,
            ["url"] = $"{community.Value.PublicUrl}/i#{token.Reveal()}",
            ["until"] = WordedDate.InFull(invite.ExpiresAt, language),
            ["keepDays"] = Math.Ceiling(retention.Value.KeepAfterEnd.TotalDays).ToString(CultureInfo.InvariantCulture),
            ["neverUrl"] = $"{unsubscribe}&lang={language}",
        });
        var messageId = string.Create(CultureInfo.InvariantCulture, $"invite.{due.InviteId.Value:N}.{due.Generation}@{mail.Value.Domain}");
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

    private static OutboxResult.Done Ended(InviteMailDue due, InviteDelivery outcome, string? reason = null) =>
        new((unit, ct) => RecordAsync(unit, due, outcome, reason, ct));

    private static async Task MatchAsync(UnitOfWork unit, InviteMailDue due, AccountId account, CancellationToken cancellationToken)
    {
        var invite = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        if (!IsWanted(invite.State, due, unit.Now))
        {
            return;
        }

        // Two decisions, each on what the one before left: neither can be refused, for the invite is there.
        foreach (InviteCommand command in (InviteCommand[])[new MatchAccount(account), new RecordDelivery(due.Generation, InviteDelivery.Sent)])
        {
            invite = unit.Append(InviteStream.Type, invite, InviteDecider.Decide(invite.State, command, unit.Now).Events);
        }

        await StartOnboarding.AppendAsync(unit, invite.State, account, OnboardingKind.Member, awaitingApproval: false, cancellationToken);
    }

    private static Task<Refusal?> RecordAsync(
        UnitOfWork unit, InviteMailDue due, InviteDelivery outcome, string? reason, CancellationToken cancellationToken) =>
        InviteStream.ChangeAsync(unit, due.InviteId, new RecordDelivery(due.Generation, outcome, reason), cancellationToken);
}
