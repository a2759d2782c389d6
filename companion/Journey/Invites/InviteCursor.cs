using System.Buffers.Binary;
using System.Buffers.Text;

namespace Companion.Journey.Invites;

/// <summary>Where a page of invites ended; opaque to clients.</summary>
internal readonly record struct InviteCursor(DateTimeOffset IssuedAt, InviteId InviteId)
{
    private const int ByteLength = 8 + 16;

    public static InviteCursor Start { get; } = new(DateTimeOffset.MaxValue, new InviteId(Guid.Empty));

    /// <returns>Null for what is no cursor of ours.</returns>
    public static InviteCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        if (text.Length != Base64Url.GetEncodedLength(ByteLength)
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != ByteLength)
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new InviteCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new InviteId(new Guid(bytes[8..], bigEndian: true)))
            : null;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, IssuedAt.UtcTicks);
        InviteId.Value.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
