using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Community.Pausing;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Foundation.Web;
using Companion.Journey.Invites;
using Npgsql;

namespace Companion.Journey.Registrations;

/// <summary>Whether the holder of a handle may see the registration form. Changes nothing.</summary>
internal sealed class InspectRegistration(
    InviteHandles handles, NpgsqlDataSource dataSource, ContactTable contacts, InviterDirectory inviters, Answers answers, TimeProvider clock)
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

        if (await PauseTable.ObstacleAsync(dataSource, cancellationToken) is { } paused)
        {
            return answers.Refuse(paused);
        }

        var (inviter, refusal) = await FindInviterAsync(invite.Inviter, cancellationToken);
        var contact = await contacts.FindAsync(invite.ContactId, cancellationToken);
        return (refusal, contact) switch
        {
            ({ } gone, _) => answers.Refuse(gone),
            (_, null) => answers.Refuse(InviteRefusals.Unknown),
            _ => answers.Of(invite, contact.Address.Value, inviter?.DisplayName),
        };
    }

    /// <summary>The form is shown without the inviter's name when the identity provider does not answer; a claim is not.</summary>
    private async Task<(Person? Inviter, Refusal? Refusal)> FindInviterAsync(AccountId inviter, CancellationToken cancellationToken)
    {
        try
        {
            if (await InviterHistory.IsFrozenAsync(dataSource, inviter, cancellationToken))
            {
                return (null, InviteRefusals.InviterGone);
            }

            var person = await inviters.FindAsync(inviter, cancellationToken);
            return person is { Enabled: true } ? (person, null) : (null, InviteRefusals.InviterGone);
        }
        catch (IdentityProviderException)
        {
            return (null, null);
        }
    }
}
