using System.Buffers.Text;
using System.Security.Cryptography;

namespace StandIns.IdentityProvider;

/// <summary>Values that nobody can guess.</summary>
internal static class Random
{
    public static string Token() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Short() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));

    public static string Id() => Guid.NewGuid().ToString();
}
