using System.Buffers.Binary;

namespace Companion.Journey.Members;

/// <summary>
/// A JPEG that may be shown, without what a camera writes about place and device: walked by its markers (ITU-T T.81, annex B), never decoded.
/// </summary>
internal sealed class JpegPicture
{
    public const int MaxBytes = 256 * 1024;

    public const int MaxSide = 512;

    /// <summary>A progressive picture has some ten. Every further one is work for whoever draws it.</summary>
    private const int MaxScans = 100;

    private const byte Start = 0xD8;

    private const byte End = 0xD9;

    private const byte Scan = 0xDA;

    private const byte Comment = 0xFE;

    private const byte FirstOfApplications = 0xE0;

    private const byte LastOfApplications = 0xEF;


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
        (int Width, int Height) size = default;
        var (frames, scans) = (0, 0);
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
            if (IsFrame(marker) && ++frames == 1 && segment.Length >= 9)
            {
                size = (BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));
            }
            else if (IsFrame(marker) || ChangesSize(marker) || (marker == Scan && ++scans > MaxScans))
            {
                break;
            }

            Keep(kept, marker, segment);
            rest = rest[segment.Length..];
            if (marker == Scan)
            {
                var coded = CodedLength(rest);
                kept.Write(rest[..coded]);
                rest = rest[coded..];
            }
        }

        return MemberRefusals.PictureMalformed;
    }

    private static Outcome<JpegPicture> Of(byte[] bytes, (int Width, int Height) size) => size switch
    {
        (0, _) or (_, 0) => MemberRefusals.PictureMalformed,
        ( > MaxSide, _) or (_, > MaxSide) => MemberRefusals.PictureTooLarge,
        _ => new JpegPicture(bytes),
    };

    /// <summary>Baseline, extended and progressive frames; lossless and arithmetic ones are nothing a browser shows.</summary>
    private static bool IsFrame(byte marker) => marker is 0xC0 or 0xC1 or 0xC2;

    /// <summary>Frames of those other kinds and of pictures in several sizes, and a number of lines that comes later: decoders differ in what they make of them.</summary>
    private static bool ChangesSize(byte marker) => marker is (>= 0xC3 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) or 0xDC or 0xDE or 0xDF;

    /// <summary>Of what applications write only how colours are coded, JFIF's and Adobe's, in its fixed length: without a thumbnail or a text behind it.</summary>
    private static void Keep(MemoryStream kept, byte marker, ReadOnlySpan<byte> segment)
    {
        var content = segment[4..];
        switch (marker)
        {
            case 0xE0 when content.StartsWith("JFIF\0"u8) && content.Length >= 14:
                kept.Write([0xFF, marker, 0, 16, .. content[..12], 0, 0]);
                break;
            case 0xEE when content.StartsWith("Adobe"u8) && content.Length >= 12:
                kept.Write([0xFF, marker, 0, 14, .. content[..12]]);
                break;
            case Comment or (>= FirstOfApplications and <= LastOfApplications):
                break;
            default:
                kept.Write(segment);
                break;
        }
    }

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
