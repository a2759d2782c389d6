using System.Buffers.Text;
using System.Security.Cryptography;

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

/// <summary>
/// What the "never again" links carry: the mailbox's entry in the suppression list under a keyed MAC. It holds no address,
/// and works long after the contact was forgotten.
/// </summary>
internal sealed class NeverAgainReferences(ContactKeys contacts, DerivedKeys keys)
{
    private const int HashLength = 32;

    private const int MacLength = 32;

    private readonly byte[] _key = keys.For("never-again");

    public string Issue(EmailAddress address)
    {
        var hash = contacts.Suppression(address);
        return Base64Url.EncodeToString([.. hash, .. HMACSHA256.HashData(_key, hash)]);
    }

    /// <returns>The entry for the suppression list; null for what was not made here.</returns>
    public byte[]? Read(string? reference)
    {
        Span<byte> bytes = stackalloc byte[HashLength + MacLength];
        if (reference?.Length != Base64Url.GetEncodedLength(bytes.Length)
            || !Base64Url.IsValid(reference)
            || !Base64Url.TryDecodeFromChars(reference, bytes, out var written)
            || written != bytes.Length)
        {
            return null;
        }

        Span<byte> mac = stackalloc byte[MacLength];
        HMACSHA256.HashData(_key, bytes[..HashLength], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[HashLength..]) ? bytes[..HashLength].ToArray() : null;
    }
}
