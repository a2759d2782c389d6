using System.Buffers.Text;
using System.Security.Cryptography;
using Companion.Foundation.Kernel;

namespace Companion.Community.Contacts;

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
