using Companion.Foundation.Store;
using Npgsql;

namespace Companion.Community.Contacts;

/// <summary>Table companion.suppression: mailboxes that asked never to be written to again, as keyed hashes.</summary>
internal sealed class SuppressionList(NpgsqlDataSource dataSource, ContactKeys keys)
{
    /// <summary>Queues the entry; adding twice changes nothing.</summary>
    public void Add(UnitOfWork unit, EmailAddress address) => Add(unit, keys.Suppression(address));

    /// <summary>As <see cref="Add(UnitOfWork, EmailAddress)"/>, by what <see cref="NeverAgainReferences"/> read.</summary>
    public static void Add(UnitOfWork unit, byte[] contactHash) => unit.Queue(
        "insert into companion.suppression (contact_hash, created_at) values (@hash, @now) on conflict do nothing",
        Param.Bytes("hash", contactHash),
        Param.Time("now", unit.Now));

    public async Task<bool> ContainsAsync(EmailAddress address, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            "select from companion.suppression where contact_hash = @hash",
            _ => true,
            [Param.Bytes("hash", keys.Suppression(address))],
            cancellationToken);
        return rows.Count > 0;
    }

    public Task RemoveAsync(EmailAddress address, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        "delete from companion.suppression where contact_hash = @hash",
        [Param.Bytes("hash", keys.Suppression(address))],
        cancellationToken);
}
