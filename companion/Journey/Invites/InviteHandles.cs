using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Companion.Journey.Invites;

/// <summary>
/// Short-lived stand-ins for tokens, the only thing the identity provider and its logs see: invite id, generation and
/// expiry under a keyed MAC, so that handing one out writes nothing and any replica can read it.
/// </summary>
internal sealed class InviteHandles(DerivedKeys keys)
{
    /// <summary>A registration form must be opened within this time after the landing page's button.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>An opened form may be sent within this time.</summary>
    public static readonly TimeSpan FormLifetime = TimeSpan.FromMinutes(60);

    private const int BodyLength = 16 + 4 + 8;

    private const int MacLength = 32;

    private readonly byte[] _key = keys.For("invite-handle");

    public string Issue(InviteReference invite, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[BodyLength + MacLength];
        invite.InviteId.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], invite.Generation);
        BinaryPrimitives.WriteInt64BigEndian(bytes[20..], (now + Lifetime).ToUnixTimeSeconds());
        HMACSHA256.HashData(_key, bytes[..BodyLength], bytes[BodyLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <param name="grace">Time after the handle's own end in which it is still taken: none to open a form, <see cref="FormLifetime"/> to send it.</param>
    /// <returns>Null for a handle that was not made here or is too old.</returns>
    public InviteReference? Read(string handle, TimeSpan grace, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[BodyLength + MacLength];
        Span<byte> mac = stackalloc byte[MacLength];
        if (handle.Length != Base64Url.GetEncodedLength(bytes.Length)
            || !Base64Url.IsValid(handle)
            || !Base64Url.TryDecodeFromChars(handle, bytes, out var written)
            || written != bytes.Length)
        {
            return null;
        }

        HMACSHA256.HashData(_key, bytes[..BodyLength], mac);
        var end = BinaryPrimitives.ReadInt64BigEndian(bytes[20..]);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[BodyLength..])
            && now.ToUnixTimeSeconds() <= end + (long)grace.TotalSeconds
                ? new InviteReference(new InviteId(new Guid(bytes[..16], bigEndian: true)), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]))
                : null;
    }
}
