using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Companion.Journey.Onboarding;

namespace Companion.Journey.Members;

/// <summary>Makes the picture of an account its avatar in the chat.</summary>
internal sealed class ShowAvatar(Pictures pictures, IIdentityProvider identityProvider, IMemberChat chat, TimeProvider clock)
    : OutboxHandler<PictureDue>(MemberOutbox.Avatar)
{
    /// <summary>The chat account may still be on its way; later the person sees to it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <summary>An older picture must not overtake a newer one.</summary>
    public override int MaxParallel => 1;

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<PictureDue> message, CancellationToken cancellationToken)
    {
        var account = message.Payload.Account;
        var age = clock.GetUtcNow() - message.CreatedAt;
        return await OnboardingStep.TryAsync(age, _ => null, async () =>
        {
            var picture = await pictures.OfAsync(account, cancellationToken);
            if (picture.Id == picture.AvatarOf || await identityProvider.FindAsync(account, cancellationToken) is not { } person)
            {
                return OutboxResult.Finished;
            }

            var answer = await chat.ShowAsync(person, picture.Jpeg, picture.Avatar, cancellationToken);
            return answer.IsThere ? new OutboxResult.Done((unit, _) => Keep(unit, account, picture.Id, answer.Given))
                : age < Patience ? new OutboxResult.Wait(ChatAccountAnswer.NotThereYet, OnboardingStep.Patience(age, LongestPause))
                : OutboxResult.Finished;
        });
    }

    private static Task Keep(UnitOfWork unit, AccountId account, PictureId? picture, string? avatar)
    {
        Pictures.Gave(unit, account, picture, avatar);
        return Task.CompletedTask;
    }
}
