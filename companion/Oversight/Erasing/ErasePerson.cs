using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Journey.Invites;

namespace Companion.Oversight.Erasing;

/// <summary>Erases everything readable about the person whose address this is. Events stay, for they hold ids only.</summary>
internal sealed class ErasePerson(Transactions transactions, IIdentityProvider identityProvider, ContactKeys keys, SuppressionList suppression)
{
    private static readonly Refusal InviteOpen = new(
        "invite_open", "An invitation to this address is still open; nothing was erased. Say --revoke to take it back first.");

    private static readonly Refusal InviteInUse = new(
        "invite_in_use", "Somebody is registering by an invitation to this address just now; nothing was erased. Try again in some minutes.");

    /// <param name="revoke">Take back an invite that is open; otherwise it is refused.</param>
    /// <exception cref="IdentityProviderException">Which account has this address can't be read; nothing was erased.</exception>
    public async Task<Outcome<ErasureReport>> RunAsync(EmailAddress address, bool revoke, CancellationToken cancellationToken)
    {
        var holder = (await identityProvider.FindByAddressAsync(address, cancellationToken))?.Id;
        var isSuppressed = await suppression.ContainsAsync(address, cancellationToken);
        return await transactions.RunAsync<Outcome<ErasureReport>>(
            async (unit, ct) =>
            {
                var invites = await FindAsync(unit, keys.Match(address), holder, ct);
                var open = invites.Where(invite => invite.IsOpen).ToList();
                if (open.Count > 0 && await RevokeAsync(unit, open, revoke, ct) is { } refusal)
                {
                    return refusal;
                }

                List<AccountId> accounts = [.. invites.Select(invite => invite.Account).Append(holder).OfType<AccountId>().Distinct()];
                var erased = await ErasableData.ErasePersonAsync(unit, [.. invites.Select(invite => invite.Id)], accounts, keys.Abuse(address), ct);
                return new ErasureReport(erased, open.Count, isSuppressed, holder);
            },
            cancellationToken);
    }

    /// <summary>Invites to this mailbox, as long as it is known, and those that the person's accounts came in by.</summary>
    private static Task<List<Found>> FindAsync(UnitOfWork unit, byte[] matchKey, AccountId? holder, CancellationToken cancellationToken) =>
        unit.QueryAsync(
            """
            with theirs as (
              select d.account from companion.contact c join companion.invite_details d on d.contact_id = c.contact_id where c.match_key = @match_key
              union select @holder)
            select d.invite_id, d.is_open, d.account
            from companion.invite_details d join companion.contact c on c.contact_id = d.contact_id
            where c.match_key = @match_key or d.account in (select account from theirs)
            for update of c
            """,
            reader => new Found(
                new InviteId(reader.GetGuid(0)), reader.GetBoolean(1), reader.NullableText(2) is { } account ? new AccountId(account) : null),
            [Param.Bytes("match_key", matchKey), Param.Text("holder", holder?.Value)],
            cancellationToken);

    /// <summary>At most one invite to a mailbox is open, so nothing is left half done.</summary>
    private static async Task<Refusal?> RevokeAsync(
        UnitOfWork unit, List<Found> open, bool revoke, CancellationToken cancellationToken)
    {
        if (!revoke)
        {
            return InviteOpen;
        }

        foreach (var invite in open)
        {
            if (await InviteStream.ChangeAsync(unit, invite.Id, new RevokeInvite(null), cancellationToken) is not null)
            {
                return InviteInUse;
            }
        }

        return null;
    }

    private sealed record Found(InviteId Id, bool IsOpen, AccountId? Account);
}

/// <param name="Revoked">Invites that were open.</param>
/// <param name="IsSuppressed">The address is on the list of those that are never written to, as a keyed hash that stays.</param>
/// <param name="Account">That has this address at the identity provider, and stays there; null for none.</param>
internal sealed record ErasureReport(Erased Erased, int Revoked, bool IsSuppressed, AccountId? Account);
