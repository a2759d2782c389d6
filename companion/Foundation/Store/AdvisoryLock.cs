using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Companion.Foundation.Store;

/// <summary>Keys of PostgreSQL advisory locks.</summary>
internal static class AdvisoryLock
{
    /// <param name="what">Kind and name of what is guarded; every replica makes the same key of it.</param>
    public static long Of(string what) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(what)));
}
