using System.Security.Cryptography;
using System.Text;

namespace Companion.Foundation.Kernel;

/// <summary>One 32-byte key per purpose, derived by HKDF-SHA256 from Security:MasterKey.</summary>
internal sealed class DerivedKeys(IOptions<SecurityOptions> options)
{
    public byte[] For(string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Convert.FromBase64String(options.Value.MasterKey),
        32,
        info: Encoding.ASCII.GetBytes($"companion:{purpose}"));
}
