using System.Buffers.Binary;
using Companion.Decisions;

namespace Companion.Members;

/// <summary>
/// A JPEG that may be shown, without what a camera writes about place and device: walked by its markers (ITU-T T.81, annex B), never decoded.
/// </summary>
internal sealed class JpegPicture
{
    public const int MaxBytes = 256 * 1024;

    public const int MaxSide = 512;

    private const byte Start = 0xD8;

    private const byte End = 0xD9;

    private const byte Scan = 0xDA;

    private const byte Comment = 0xFE;

    private JpegPicture(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    public static Outcome<JpegPicture> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return MemberRefusals.PictureTooLarge;
        }

        if (bytes is not [0xFF, Start, ..])
        {
            return MemberRefusals.PictureMalformed;
        }

        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..2]);
        var rest = bytes[2..];
        (int Width, int Height)? size = null;
        while (rest is [0xFF, var marker, ..])
        {
            if (marker == 0xFF)
            {
                rest = rest[1..];
                continue;
            }

            if (marker == End)
            {
                kept.Write(rest[..2]);
                return Of(kept.ToArray(), size);
            }

            if (rest.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) is var length && (length < 2 || rest.Length < 2 + length))
            {
                break;
            }

            var segment = rest[..(2 + length)];
            if (IsFrame(marker) && segment.Length >= 9)
            {
                size = (BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));
            }

            var coded = marker == Scan ? CodedLength(rest[segment.Length..]) : 0;
            if (!IsMetadata(marker))
            {
                kept.Write(rest[..(segment.Length + coded)]);
            }

            rest = rest[(segment.Length + coded)..];
        }

        return MemberRefusals.PictureMalformed;
    }

    private static Outcome<JpegPicture> Of(byte[] bytes, (int Width, int Height)? size) => size switch
    {
        null or (0, _) or (_, 0) => MemberRefusals.PictureMalformed,
        ( > MaxSide, _) or (_, > MaxSide) => MemberRefusals.PictureTooLarge,
        _ => new JpegPicture(bytes),
    };

    /// <summary>Baseline, extended and progressive frames; lossless and arithmetic ones are nothing a browser shows.</summary>
    private static bool IsFrame(byte marker) => marker is 0xC0 or 0xC1 or 0xC2;

    /// <summary>Everything of applications but what says how colours are coded: JFIF's and Adobe's.</summary>
    private static bool IsMetadata(byte marker) => marker is Comment or (>= 0xE1 and <= 0xEF and not 0xEE);

    /// <summary>Up to the next marker that is neither a stuffed byte nor a restart.</summary>
    private static int CodedLength(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i + 1 < bytes.Length; i++)
        {
            if (bytes[i] == 0xFF && bytes[i + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return i;
            }
        }

        return bytes.Length;
    }
}
