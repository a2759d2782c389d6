using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Companion.Foundation.Kernel;

/// <summary>Version 8 UUIDs made from what they stand for, so that doing the same thing twice gives the same id.</summary>
public static class DeterministicId
{
    public static Guid From(Guid scope, string name, int ordinal = 0)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        Span<byte> input = stackalloc byte[20 + length];
        scope.TryWriteBytes(input, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(input[16..], ordinal);
        Encoding.UTF8.GetBytes(name, input[20..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>For scopes that are not UUIDs, such as a webhook id. The name must be short (at most 1 kB).</summary>
    public static Guid From(string scope, string name) => From(Guid.Empty, $"{scope}\n{name}");
}
