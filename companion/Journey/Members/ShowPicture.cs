using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Members;

/// <summary>Makes the picture of an account the one that the identity provider tells others, in the claim picture.</summary>
internal sealed class ShowPicture(Pictures pictures, IIdentityProvider identityProvider) : OutboxHandler<PictureDue>(MemberOutbox.Picture)
{
    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<PictureDue> message, CancellationToken cancellationToken)
    {
        var account = message.Payload.Account;
        try
        {
            if (await identityProvider.FindAsync(account, cancellationToken) is null)
            {
                return OutboxResult.Finished;
            }

            string? shown;
            do
            {
                shown = await pictures.UrlOfAsync(account, cancellationToken);
                await identityProvider.SetPictureAsync(account, shown, cancellationToken);
            }
            while (await pictures.UrlOfAsync(account, cancellationToken) != shown); // the next picture's job may have run meanwhile
            return OutboxResult.Finished;
        }
        catch (IdentityProviderException exception)
        {
            return new OutboxResult.Retry(exception.Code, exception.RetryAfter);
        }
    }
}
