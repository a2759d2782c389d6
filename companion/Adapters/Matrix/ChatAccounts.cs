using Companion.Community.Directory;

namespace Companion.Adapters.Matrix;

/// <summary>
/// Which chat account belongs to an account here: by the sign-in link, else the one that the person proved to own. Never by the user name: names
/// collide and get digits.
/// </summary>
internal sealed class ChatAccounts(
    SynapseAdminClient admin, MatrixCapabilities capabilities, IChatConnections connections, IOptions<MatrixOptions> options, TimeProvider clock)
{
    private const int MaxCandidates = 50;

    /// <summary>An account without a link that was made longer ago is not one that a refused link left behind.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(5);

    /// <returns>Null when the person has none yet.</returns>
    /// <exception cref="MatrixException">Also chat_link_stale: the server still remembers a link that was removed.</exception>
    public async Task<ChatAccount?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        var hasAdmin = await capabilities.HasAdminAsync(cancellationToken);
        if (hasAdmin && await admin.FindByExternalIdAsync(account, cancellationToken) is { } id)
        {
            return await ConfirmAsync(id, account, cancellationToken);
        }

        if (await connections.FindAsync(account, cancellationToken) is not { } proved)
        {
            return null;
        }

        var user = hasAdmin && options.Value.IsLocal(proved) ? await admin.FindAsync(proved, cancellationToken) : null;
        return user is null ? new ChatAccount(proved, AccountFlag.None)
            : IsLinkedToOther(user, account) ? null
            : new ChatAccount(proved, FlagOf(user));
    }

    /// <summary>The chat server knows it as the account of somebody else here.</summary>
    public async Task<bool> IsOthersAsync(MatrixUserId id, AccountId account, CancellationToken cancellationToken) =>
        options.Value.IsLocal(id)
        && await capabilities.HasAdminAsync(cancellationToken)
        && await admin.FindAsync(id, cancellationToken) is { } user
        && IsLinkedToOther(user, account);

    /// <summary>Makes the account under the first free name, linked to the person. To be called after <see cref="FindAsync"/> found none.</summary>
    public async Task<ChatAccount> CreateAsync(Person person, CancellationToken cancellationToken)
    {
        foreach (var localpart in Localpart.Candidates(person.Username, MaxCandidates))
        {
            if (await admin.IsFreeAsync(localpart, cancellationToken))
            {
                return await CreateAsync(new MatrixUserId($"@{localpart}:{options.Value.ServerName}"), person, cancellationToken);
            }
        }

        throw new MatrixException("chat_names_taken", 400);
    }

    /// <summary>Deactivates the account: all its sessions and devices are gone, it has left all rooms, and no sign-in opens it again.</summary>
    public async Task<ChatClosing> CloseAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (!await capabilities.HasAdminAsync(cancellationToken))
        {
            return ChatClosing.OutOfReach;
        }

        if (await FindAsync(account, cancellationToken) is not var (id, flag))
        {
            return ChatClosing.NotThere;
        }

        if (!options.Value.IsLocal(id))
        {
            return ChatClosing.OutOfReach;
        }

        if (flag != AccountFlag.Deactivated)
        {
            await admin.DeactivateAsync(id, cancellationToken);
        }

        return ChatClosing.Closed;
    }

    private async Task<ChatAccount> CreateAsync(MatrixUserId id, Person person, CancellationToken cancellationToken)
    {
        try
        {
            if (!await admin.CreateAsync(id, person.DisplayName, person.Id, cancellationToken))
            {
                // Somebody took the name between the question and the act, and now two people share an account.
                throw new MatrixException("chat_account_shared", 409);
            }
        }
        catch (MatrixException exception) when (exception.Is(409, "M_UNKNOWN"))
        {
            // The link exists by now, made by another replica or by sign-in; the name asked for was made all the same.
            await RemoveOrphanAsync(id, cancellationToken);
        }

        return await FindAsync(person.Id, cancellationToken) ?? throw new MatrixException("chat_link_missing", 409);
    }

    private async Task<ChatAccount> ConfirmAsync(MatrixUserId id, AccountId account, CancellationToken cancellationToken)
    {
        var user = await admin.FindAsync(id, cancellationToken);
        return user?.ExternalIds?.Any(link => link.AuthProvider == options.Value.OidcProviderId && link.Id == account.Value) == true
            ? new ChatAccount(id, FlagOf(user))
            : throw new MatrixException("chat_link_stale", 409);
    }

    private async Task RemoveOrphanAsync(MatrixUserId id, CancellationToken cancellationToken)
    {
        var user = await admin.FindAsync(id, cancellationToken);
        if (user is { ExternalIds.Count: 0, Deactivated: false, CreationTs: { } created }
            && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(created) < OrphanAge)
        {
            await admin.DeactivateAsync(id, cancellationToken);
        }
    }

    private bool IsLinkedToOther(ChatUser user, AccountId account) =>
        user.ExternalIds?.Any(link => link.AuthProvider == options.Value.OidcProviderId && link.Id != account.Value) == true;

    private static AccountFlag FlagOf(ChatUser user) =>
        user.Deactivated ? AccountFlag.Deactivated
        : user.Locked == true ? AccountFlag.Locked
        : user.Suspended == true ? AccountFlag.Suspended
        : user.ShadowBanned == true ? AccountFlag.ShadowBanned
        : AccountFlag.None;
}

/// <param name="Flag">None where there is no admin API to read it.</param>
internal sealed record ChatAccount(MatrixUserId Id, AccountFlag Flag);
