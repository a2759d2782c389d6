using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Messages;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Invites;

/// <summary>Mails a notice: to an account at the address that the identity provider knows now, or to an invite's contact.</summary>
internal sealed class SendNoticeMail(
    MailDelivery delivery,
    MailTemplates templates,
    NpgsqlDataSource dataSource,
    ContactTable contacts,
    ApprovalNotes notes,
    IIdentityProvider identityProvider,
    InviterDirectory directory,
    ISignIn signIn,
    IOptions<MailOptions> mail,
    TimeProvider clock) : OutboxHandler<NoticeMailDue>(DeliveryOutbox.Notice)
{
    public override int MaxParallel => 2;

    protected override Task<OutboxResult> HandleAsync(OutboxMessage<NoticeMailDue> message, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(
            message, ct => PrepareAsync(message.Id, message.Payload, ct), (_, _, _, _) => Task.CompletedTask, cancellationToken);

    private async Task<MailPreparation> PrepareAsync(Guid outboxId, NoticeMailDue due, CancellationToken cancellationToken)
    {
        if (await ReceiverAsync(due, cancellationToken) is not var (mailbox, wanted))
        {
            return OutboxResult.Finished;
        }

        var language = templates.LanguageFor(due.Language ?? wanted);
        var data = new Dictionary<string, string?>
        {
            ["signInUrl"] = signIn.Url,
            ["approvalsUrl"] = signIn.ApprovalsUrl,
            ["invitationsUrl"] = signIn.InvitationsUrl,
            ["organisations"] = await OrganisationsAsync(due.Memberships ?? [], cancellationToken),
            ["rooms"] = due.HasRooms ? "yes" : null,
            ["one"] = due.Count == 1 ? "yes" : null,
            ["count"] = due.Count.ToString(CultureInfo.InvariantCulture),
        };
        if (due.ApprovalId is { } approvalId)
        {
            var approval = await dataSource.ReadAsync(ApprovalStream.Type, approvalId.Value, cancellationToken);
            data["reason"] = await notes.FindAsync(approval.Id, approval.Reason, cancellationToken);
            data["question"] = await notes.FindAsync(approval.Id, approval.OpenQuestion, cancellationToken);
        }

        if (due.About is { } about)
        {
            data["name"] = ShownName.OrMember((await identityProvider.FindAsync(about, cancellationToken))?.DisplayName, language);
        }

        if (due.InviteId is { } inviteId)
        {
            var invite = await dataSource.ReadAsync(InviteStream.Type, inviteId.Value, cancellationToken);
            var now = clock.GetUtcNow();
            if (due.Template == NoticeTemplates.ExpiresSoon && InviteDecider.Obstacle(invite, invite.Generation, now) is not null)
            {
                return OutboxResult.Finished;
            }

            data["contact"] = (await contacts.FindAsync(invite.ContactId, cancellationToken))?.Address.Mask() ?? "•••";
            data["until"] = WordedDate.InFull(invite.ExpiresAt, language);
            data["left"] = WordedDate.Left(invite.ExpiresAt - now, language);
        }

        var messageId = $"notice.{outboxId:N}@{mail.Value.Domain}";
        return new MailPlan(
            new OutgoingMail(mailbox, messageId, UnsubscribeUrl: null, templates.Render(due.Template, language, data)),
            (_, _) => Task.FromResult(true));
    }

    /// <returns>Null where there is none to name.</returns>
    private async Task<string?> OrganisationsAsync(IReadOnlyList<Membership> memberships, CancellationToken cancellationToken)
    {
        var names = await directory.NamesAsync(memberships, cancellationToken);
        var shown = string.Join(", ", memberships.Select(membership => names.Show(membership).OrganizationName).OfType<string>().Distinct());
        return shown.Length > 0 ? shown : null;
    }

    /// <returns>Null where there is nobody to write to any more.</returns>
    private async Task<(EmailAddress Mailbox, string? Language)?> ReceiverAsync(NoticeMailDue due, CancellationToken cancellationToken)
    {
        if (due.To is not { } account)
        {
            return await ContactAsync(due.InviteId!.Value, cancellationToken) is ({ } address, var language) ? (address, language) : null;
        }

        return await identityProvider.FindAsync(account, cancellationToken) is { Enabled: true, Address: { } known } receiver
            && EmailAddress.TryParse(known.Value, out var mailbox)
            ? (mailbox, receiver.Language)
            : null;
    }

    private async Task<(EmailAddress? Address, string Language)> ContactAsync(InviteId inviteId, CancellationToken cancellationToken)
    {
        var invite = await dataSource.ReadAsync(InviteStream.Type, inviteId.Value, cancellationToken);
        return ((await contacts.FindAsync(invite.ContactId, cancellationToken))?.Address, invite.Language);
    }
}
