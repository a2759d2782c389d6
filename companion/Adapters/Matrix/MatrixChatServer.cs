using Companion.Community.Directory;

namespace Companion.Adapters.Matrix;

/// <summary>The chat server that onboarding knows, as a Matrix homeserver.</summary>
internal sealed class MatrixChatServer(
    ChatAccounts accounts, RoomEntry rooms, DirectMessages messages, ChatFaults faults, IOptions<MatrixOptions> options, TimeProvider clock) : IChatServer
{
    public Task<ChatAccountAnswer> FindAccountAsync(
        Person person, bool mayCreate, DateTimeOffset waitingSince, CancellationToken cancellationToken) => faults.TranslateAsync(async () =>
    {
        var account = await accounts.FindAsync(person.Id, cancellationToken);
        if (account is null && mayCreate && options.Value.AccountPolicy == AccountPolicy.Precreate)
        {
            account = await accounts.CreateAsync(person, cancellationToken);
        }

        return account switch
        {
            { Flag: AccountFlag.Deactivated } => new ChatAccountAnswer(StepStatus.Unavailable, "account_deactivated"),
            not null => new ChatAccountAnswer(StepStatus.Done),
            null when clock.GetUtcNow() - waitingSince > options.Value.GiveUpAfter =>
                new ChatAccountAnswer(StepStatus.Unavailable, "account_never_came"),
            null => new ChatAccountAnswer(StepStatus.Stuck, ChatAccountAnswer.NotThereYet),
        };
    });

    public Task<RoomAnswer> EnterRoomAsync(
        Person person, Person? inviter, RoomId room, OnboardingKind kind, CancellationToken cancellationToken) => faults.TranslateAsync(async () =>
    {
        if (await accounts.FindAsync(person.Id, cancellationToken) is not { } account)
        {
            return new RoomAnswer(RoomStatus.Parked, ChatAccountAnswer.NotThereYet);
        }

        var sponsor = inviter is null
            ? RoomSponsor.Nobody
            : new RoomSponsor(true, (await accounts.FindAsync(inviter.Id, cancellationToken))?.Id);
        return await rooms.EnterAsync(account, sponsor, room, kind, cancellationToken);
    });

    public Task<string?> WelcomeAsync(Person person, OnboardingId onboarding, CancellationToken cancellationToken) => faults.TranslateAsync(async () =>
    {
        if (options.Value.WelcomeText is not { Length: > 0 } text)
        {
            return "no_text";
        }

        var account = await accounts.FindAsync(person.Id, cancellationToken);
        if (account is not { Flag: AccountFlag.None })
        {
            return "account_unusable";
        }

        await messages.SendAsync(account.Id, new DirectMessage(onboarding.Value, $"welcome-{onboarding}", "welcome", text), cancellationToken);
        return (string?)null;
    });

    public Task<ChatClosing> CloseAccountAsync(AccountId account, CancellationToken cancellationToken) =>
        faults.TranslateAsync(() => accounts.CloseAsync(account, cancellationToken));
}
