using Companion.Contacts;
using Companion.Directory;
using Companion.EventStore;
using Companion.Invites;
using Companion.Keycloak;
using Companion.Outbox;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.Delivery;

/// <summary>Mails a notice to an account, at the address that the identity provider knows now.</summary>
internal sealed class SendNoticeMail(
    MailDelivery delivery,
    MailTemplates templates,
    NpgsqlDataSource dataSource,
    ContactTable contacts,
    IIdentityProvider identityProvider,
    InviterDirectory directory,
    RegistrationLink registration,
    IOptions<MailOptions> mail,
    TimeProvider clock) : OutboxHandler<NoticeMailDue>(DeliveryOutbox.Notice)
{
    public override int MaxParallel => 2;

    protected override Task<OutboxResult> HandleAsync(OutboxMessage<NoticeMailDue> message, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(
            message, ct => PrepareAsync(message.Id, message.Payload, ct), (_, _, _, _) => Task.CompletedTask, cancellationToken);

    private async Task<MailPreparation> PrepareAsync(Guid outboxId, NoticeMailDue due, CancellationToken cancellationToken)
    {
        if (await identityProvider.FindAsync(due.To, cancellationToken) is not { Enabled: true, Address: { } address } receiver
            || !EmailAddress.TryParse(address.Value, out var mailbox))
        {
            return OutboxResult.Finished;
        }

        var language = templates.LanguageFor(due.Language ?? receiver.Language);
        var data = new Dictionary<string, string?>
        {
            ["signInUrl"] = registration.SignIn,
            ["organisations"] = await OrganisationsAsync(due.Memberships ?? [], cancellationToken),
            ["rooms"] = due.HasRooms ? "yes" : null,
        };
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
}
