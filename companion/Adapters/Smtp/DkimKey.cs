using System.Security.Cryptography;
using Companion.Community.Messages;
using MimeKit.Cryptography;

namespace Companion.Adapters.Smtp;

/// <summary>The key that signs messages (RFC 6376).</summary>
internal static class DkimKey
{
    private const int FewestBits = 1024;

    /// <returns>Null where nothing is signed.</returns>
    public static DkimSigner? SignerOf(DkimOptions options) => options.IsUsed
        ? new DkimSigner(options.KeyFile, options.Domain, options.Selector, DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        }
        : null;

    /// <summary>It is a private RSA key in PEM that receivers accept.</summary>
    public static bool IsGood(string file)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(File.ReadAllText(file));
            key.ExportParameters(includePrivateParameters: true);
            return key.KeySize >= FewestBits;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
