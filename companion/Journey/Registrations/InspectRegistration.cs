using Companion.Community.Contacts;
using Companion.Foundation.Web;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>Whether the holder of a handle may see the registration form. Changes nothing.</summary>
internal sealed class InspectRegistration(
    InviteHandles handles, NpgsqlDataSource dataSource, ContactTable contacts, InviteStandings standings, Answers answers, TimeProvider clock)
{
    public async Task<byte[]> AnswerAsync(WebhookMessage message, InspectMessage request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (handles.Read(request.Handle, TimeSpan.Zero, now) is not { } reference)
        {
            return answers.Refuse(InviteRefusals.Unknown);
        }

        var invite = await dataSource.ReadAsync(InviteStream.Type, reference.InviteId.Value, cancellationToken);
        if (InviteDecider.Obstacle(invite, reference.Generation, now) is { } obstacle)
        {
            return answers.Refuse(obstacle);
        }

        var standing = await standings.LookAsync(invite, cancellationToken);
        if (standing.Obstacle(invite) is { } refusal)
        {
            return answers.Refuse(refusal);
        }

        return await contacts.FindAsync(invite.ContactId, cancellationToken) is { } contact
            ? answers.Of(invite, contact.Address.Value, standing.Inviter?.DisplayName)
            : answers.Refuse(InviteRefusals.Unknown);
    }
}
