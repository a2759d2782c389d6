namespace Companion.Community.Directory;

/// <summary>What onboarding asks of the chat server. Each method ensures: it looks first, acts at most once, and may be repeated after a crash.</summary>
internal interface IChatServer
{
    /// <summary>Finds the person's chat account, and makes it where that is the policy and <paramref name="mayCreate"/> says so.</summary>
    /// <exception cref="ChatServerException"/>
    Task<ChatAccountAnswer> FindAccountAsync(Person person, bool mayCreate, DateTimeOffset waitingSince, CancellationToken cancellationToken);

    /// <summary>Brings a newcomer into a room, or invites a member, unless the state of the room or the person speaks against it.</summary>
    /// <param name="inviter">Must be in the room; null where nobody need be.</param>
    /// <exception cref="ChatServerException"/>
    Task<RoomAnswer> EnterRoomAsync(Person person, Person? inviter, RoomId room, OnboardingKind kind, CancellationToken cancellationToken);

    /// <summary>Sends the first direct message, once per onboarding.</summary>
    /// <returns>Why none is sent; null when it was.</returns>
    /// <exception cref="ChatServerException"/>
    Task<string?> WelcomeAsync(Person person, OnboardingId onboarding, CancellationToken cancellationToken);

    /// <summary>Ends all that an account has in the chat: sessions, devices, rooms. Nobody gets into it again.</summary>
    /// <exception cref="ChatServerException"/>
    Task<ChatClosing> CloseAccountAsync(AccountId account, CancellationToken cancellationToken);
}

internal enum ChatClosing
{
    /// <summary>Nothing is left to end.</summary>
    Closed,

    /// <summary>The account has no chat account; a sign-in that is under way may still make one.</summary>
    NotThere,

    /// <summary>There is no admin API, or the chat account is another server's.</summary>
    OutOfReach,
}

/// <param name="Status">Done, Stuck (not there yet) or Unavailable.</param>
internal sealed record ChatAccountAnswer(StepStatus Status, string? Code = null)
{
    /// <summary>The person has not signed in to the chat server yet: a wait, no problem.</summary>
    public const string NotThereYet = "account_not_there_yet";
}

/// <param name="Status">Never Pending; Parked for what may heal.</param>
/// <param name="Into">The room that has replaced the one asked for.</param>
internal sealed record RoomAnswer(RoomStatus Status, string? Code = null, RoomId? Into = null);

/// <summary>The chat server could not be asked, or did not let itself be.</summary>
/// <param name="code">Short reason for operators, e.g. chat_unreachable.</param>
/// <param name="fault">Whose turn it is.</param>
internal sealed class ChatServerException(string code, ChatFault fault, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception($"The chat server did not do it: {code}.", innerException)
{
    public string Code { get; } = code;

    public ChatFault Fault { get; } = fault;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

internal enum ChatFault
{
    /// <summary>Nobody's: a limit was reached and time heals it.</summary>
    Limit,

    /// <summary>The server's: it is likely to come back by itself.</summary>
    Outage,

    /// <summary>The operator's: a credential or a permission has to be repaired.</summary>
    Setup,
}
