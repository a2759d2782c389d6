using System.Security.Cryptography;
using System.Text;

namespace Companion.Foundation.Kernel;

/// <summary>Configuration section Security.</summary>
internal sealed class SecurityOptions
{
    public const string SectionName = "Security";

    /// <summary>Base64 of at least 32 random bytes. Handles, never-again links and keyed hashes of addresses derive from it; losing it loses the suppression list.</summary>
    public string MasterKey { get; set; } = "";

    internal static bool IsKey(string value)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(value, bytes, out var length) && length >= 32;
    }
}

/// <summary>One 32-byte key per purpose, derived by HKDF-SHA256 from Security:MasterKey.</summary>
internal sealed class DerivedKeys(IOptions<SecurityOptions> options)
{
    public byte[] For(string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Convert.FromBase64String(options.Value.MasterKey),
        32,
        info: Encoding.ASCII.GetBytes($"companion:{purpose}"));
}
