using System.Buffers;
using System.Security.Cryptography;

namespace Companion.Community.Timeline;

/// <summary>
/// What makes the timeline evident to tampering: a keyed hash over each entry and the hash before it. Who can write to the database but lacks
/// the key can't make a chain that fits. Entries hold ids only, so erasing a person breaks nothing.
/// </summary>
internal sealed class TimelineSeal(DerivedKeys keys)
{
    private readonly byte[] _key = keys.For("timeline-seal");

    /// <summary>Before the first entry of the first chain.</summary>
    public static byte[] Beginning { get; } = new byte[HMACSHA256.HashSizeInBytes];

    /// <param name="transaction">Of the append; with the id it gives the entry's place.</param>
    public byte[] Next(byte[] before, ulong transaction, TimelineLine line)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(before);
        hash.AppendData(Bytes(transaction, line).WrittenSpan);
        return hash.GetHashAndReset();
    }

    /// <summary>A JSON array, so that no two entries can look alike.</summary>
    private static ArrayBufferWriter<byte> Bytes(ulong transaction, TimelineLine line)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartArray();
        json.WriteNumberValue(transaction);
        json.WriteNumberValue(line.Id);
        foreach (var text in (string?[])
        [
            line.Kind, line.Type, line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), line.Actor, line.Account, line.Inviter,
            line.InviteId?.ToString(), line.Detail,
        ])
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.Flush();
        return bytes;
    }
}
