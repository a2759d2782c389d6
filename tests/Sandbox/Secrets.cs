using System.Security.Cryptography;

namespace Sandbox;

/// <summary>Passwords and keys of one run; made new every time.</summary>
internal static class Secrets
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
