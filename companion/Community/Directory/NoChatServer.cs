namespace Companion.Community.Directory;

/// <summary>Where no homeserver is configured: nobody gets a chat account, and onboarding ends without rooms.</summary>
internal sealed class NoChatServer : IChatServer
{
    internal const string Code = "no_chat_server";

    public Task<ChatAccountAnswer> FindAccountAsync(
        Person person, bool mayCreate, DateTimeOffset waitingSince, CancellationToken cancellationToken) =>
        Task.FromResult(new ChatAccountAnswer(StepStatus.Unavailable, Code));

    public Task<RoomAnswer> EnterRoomAsync(
        Person person, Person? inviter, RoomId room, OnboardingKind kind, CancellationToken cancellationToken) =>
        Task.FromResult(new RoomAnswer(RoomStatus.Skipped, Code));

    public Task<string?> WelcomeAsync(Person person, OnboardingId onboarding, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(Code);

    public Task<ChatClosing> CloseAccountAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult(ChatClosing.Closed);
}
