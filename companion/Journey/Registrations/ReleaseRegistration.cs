using Companion.Foundation.Web;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>The identity provider rolled the account back: the invite is free again at once, if this very claim still holds it.</summary>
internal sealed class ReleaseRegistration(RegistrationWebhooks webhooks, InviteHandles handles, TimeProvider clock)
{
    /// <summary>A release comes after its claim, whose handle may have been taken in its last second.</summary>
    private static readonly TimeSpan Grace = InviteHandles.FormLifetime + TimeSpan.FromMinutes(10);

    public Task<byte[]> AnswerAsync(WebhookMessage message, ReleaseMessage request, CancellationToken cancellationToken)
    {
        var reference = handles.Read(request.Handle, Grace, clock.GetUtcNow());
        return webhooks.OnceAsync(
            message,
            async (unit, ct) =>
            {
                if (reference is not null)
                {
                    await InviteStream.ChangeAsync(unit, reference.InviteId, new ReleaseInvite(request.ClaimKey, request.AccountId, "rolled_back"), ct);
                }

                return Answers.Heard;
            },
            cancellationToken);
    }
}
