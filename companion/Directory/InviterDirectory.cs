using Microsoft.Extensions.Options;

namespace Companion.Directory;

/// <summary>The standing of inviters, as the identity provider and the chat server tell it, remembered for Directory:CacheSeconds at most.</summary>
internal sealed partial class InviterDirectory(
    IIdentityProvider identityProvider,
    IRoomDirectory roomDirectory,
    IOptions<DirectoryOptions> options,
    TimeProvider clock,
    ILogger<InviterDirectory> logger)
{
    private readonly TimedCache<AccountId, Person> _people = new(TimeSpan.FromSeconds(options.Value.CacheSeconds), clock);

    private readonly TimedCache<AccountId, IReadOnlyList<RoomOffer>> _rooms = new(TimeSpan.FromSeconds(options.Value.CacheSeconds), clock);

    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="IdentityProviderException"/>
    public Task<Person?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        _people.FindAsync(account, () => identityProvider.FindAsync(account, cancellationToken));

    /// <returns>The rooms this account may offer; null while the chat server doesn't answer.</returns>
    public async Task<IReadOnlyList<RoomOffer>?> RoomsAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            return await _rooms.FindAsync(account, async () => await roomDirectory.OfferedByAsync(account, cancellationToken));
        }
        catch (RoomDirectoryException exception)
        {
            Log.RoomsUnavailable(logger, exception.Code);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Warning, "Rooms can't be offered now: {Code}.")]
        public static partial void RoomsUnavailable(ILogger logger, string code);
    }
}
