namespace Companion.Community.Directory;

/// <summary>What members' own things ask of the chat server. Each method may be repeated after a crash.</summary>
internal interface IMemberChat
{
    /// <summary>Sends a direct message to a chat account that is said to be this account's.</summary>
    /// <param name="generation">The same generation is sent once.</param>
    /// <returns>False when the chat server knows it as another account's.</returns>
    /// <exception cref="ChatServerException"/>
    Task<bool> SendCodeAsync(AccountId account, MatrixUserId to, int generation, string text, CancellationToken cancellationToken);

    /// <summary>Makes the picture the avatar of the person's chat account, as far as that is in anybody's hands but the person's.</summary>
    /// <param name="jpeg">Null to take away the avatar that was given before; one that the person chose elsewhere stays.</param>
    /// <param name="given">What was given before; null for nothing.</param>
    /// <exception cref="ChatServerException"/>
    Task<AvatarAnswer> ShowAsync(Person person, byte[]? jpeg, string? given, CancellationToken cancellationToken);
}

/// <param name="IsThere">False while the person has no chat account.</param>
/// <param name="Given">What the chat server calls the picture; null for none.</param>
internal sealed record AvatarAnswer(bool IsThere, string? Given = null);

/// <summary>Where no homeserver is configured.</summary>
internal sealed class NoMemberChat : IMemberChat
{
    public Task<bool> SendCodeAsync(AccountId account, MatrixUserId to, int generation, string text, CancellationToken cancellationToken) =>
        throw new ChatServerException(NoChatServer.Code, ChatFault.Setup);

    public Task<AvatarAnswer> ShowAsync(Person person, byte[]? jpeg, string? given, CancellationToken cancellationToken) =>
        Task.FromResult(new AvatarAnswer(true));
}
