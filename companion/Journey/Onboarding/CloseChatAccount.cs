using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Onboarding;

/// <summary>
/// Ends what a denied account has in the chat, wherever it was denied. Most have nothing there; who was denied after having been let in keeps
/// no session.
/// </summary>
internal sealed partial class CloseChatAccount(
    IIdentityProvider identityProvider, IChatServer chatServer, TimeProvider clock, ILogger<CloseChatAccount> logger)
    : OutboxHandler<DeniedAccountDue>(OnboardingOutbox.Closing)
{
    /// <summary>A sign-in that was under way at the denial has made its chat account by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<DeniedAccountDue> message, CancellationToken cancellationToken)
    {
        var account = message.Payload.Account;
        var age = clock.GetUtcNow() - message.CreatedAt;
        return await OnboardingStep.TryAsync(age, _ => null, async () =>
        {
            // Deleted is as good as denied; whom somebody let in meanwhile keeps everything.
            if (await identityProvider.FindAsync(account, cancellationToken) is { Approval: not AccountStanding.Denied })
            {
                return OutboxResult.Finished;
            }

            var closing = await chatServer.CloseAccountAsync(account, cancellationToken);
            if (closing == ChatClosing.NotThere && age < Patience)
            {
                return new OutboxResult.Wait(ChatAccountAnswer.NotThereYet, OnboardingStep.Patience(age, LongestPause));
            }

            if (closing == ChatClosing.OutOfReach)
            {
                Log.OutOfReach(logger, account);
            }

            return OutboxResult.Finished;
        });
    }

    private static partial class Log
    {
        [LoggerMessage(520, LogLevel.Warning, "Account {Account} was denied, and what it has in the chat can't be ended from here: do it on the homeserver.")]
        public static partial void OutOfReach(ILogger logger, AccountId account);
    }
}
