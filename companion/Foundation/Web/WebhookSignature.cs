using System.Security.Cryptography;
using System.Text;

namespace Companion.Foundation.Web;

/// <summary>Signatures as Standard Webhooks defines them (v1: HMAC-SHA256). Pure.</summary>
internal static class WebhookSignature
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string SecretPrefix = "whsec_";

    private const string Version = "v1,";

    /// <summary>One per active secret of the sender; more are not looked at.</summary>
    private const int MostSignatures = 8;

    /// <returns>The key's bytes; null for anything that is not whsec_ and the base64 of 24 to 64 bytes.</returns>
    public static byte[]? Key(string secret)
    {
        Span<byte> bytes = stackalloc byte[96];
        return secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var length)
            && length is >= 24 and <= 64
                ? bytes[..length].ToArray()
                : null;
    }

    /// <summary>Whether one of the header's signatures was made with one of the keys over exactly these bytes. Takes as long for a near miss as for any other.</summary>
    public static bool Matches(IReadOnlyList<byte[]> keys, string id, string timestamp, ReadOnlySpan<byte> body, string header)
    {
        var given = header.Split(' ', MostSignatures + 1).Take(MostSignatures).Select(Decode).OfType<byte[]>().ToList();
        var matches = false;
        foreach (var key in keys)
        {
            var expected = Sign(key, id, timestamp, body);
            foreach (var signature in given)
            {
                matches |= CryptographicOperations.FixedTimeEquals(expected, signature);
            }
        }

        return matches;
    }

    /// <summary>Header webhook-signature: one signature for each of the secrets, in their order.</summary>
    public static string Header(IEnumerable<string> secrets, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>();
        foreach (var secret in secrets)
        {
            signatures.Add($"{Version}{Convert.ToBase64String(Sign(Key(secret)!, id, timestamp, body))}");
        }

        return string.Join(' ', signatures);
    }

    private static byte[] Sign(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.ASCII.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static byte[]? Decode(string signature)
    {
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes + 2];
        return signature.StartsWith(Version, StringComparison.Ordinal)
            && Convert.TryFromBase64String(signature[Version.Length..], bytes, out var length)
            && length == HMACSHA256.HashSizeInBytes
                ? bytes[..length].ToArray()
                : null;
    }
}
