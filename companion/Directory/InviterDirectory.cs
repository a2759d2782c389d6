using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Companion.Directory;

/// <summary>The standing of inviters, as the identity provider and the chat server tell it, remembered for Directory:CacheSeconds at most.</summary>
internal sealed class InviterDirectory(
    IIdentityProvider identityProvider, IRoomDirectory roomDirectory, IOptions<DirectoryOptions> options, TimeProvider clock)
{
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<AccountId, Remembered<Person>> _people = new();

    private readonly ConcurrentDictionary<AccountId, Remembered<IReadOnlyList<RoomOffer>>> _rooms = new();

    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="IdentityProviderException"/>
    public Task<Person?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        RememberAsync(_people, account, identityProvider.FindAsync, cancellationToken);

    /// <returns>The rooms this account may offer.</returns>
    /// <exception cref="RoomDirectoryException"/>
    public async Task<IReadOnlyList<RoomOffer>> RoomsAsync(AccountId account, CancellationToken cancellationToken) =>
        await RememberAsync(_rooms, account, async (id, ct) => await roomDirectory.OfferedByAsync(id, ct), cancellationToken) ?? [];

    private async Task<T?> RememberAsync<T>(
        ConcurrentDictionary<AccountId, Remembered<T>> known,
        AccountId account,
        Func<AccountId, CancellationToken, Task<T?>> ask,
        CancellationToken cancellationToken)
        where T : class
    {
        // The age counts from before the question: an answer may be that old already.
        var now = clock.GetUtcNow();
        if (known.TryGetValue(account, out var remembered) && now < remembered.Until)
        {
            return remembered.Value;
        }

        if (await ask(account, cancellationToken) is not { } value)
        {
            known.TryRemove(account, out _);
            return null;
        }

        if (known.Count >= MaxRemembered)
        {
            known.Clear();
        }

        known[account] = new Remembered<T>(value, now.AddSeconds(options.Value.CacheSeconds));
        return value;
    }

    private sealed record Remembered<T>(T Value, DateTimeOffset Until);
}
