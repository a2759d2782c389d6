using System.Buffers.Binary;
using System.Text;

/// <summary>JPEGs as far as their structure goes: markers and segments, a frame, a scan.</summary>
internal static class SampleJpeg
{
    /// <param name="segments">Further segments before the frame, by marker.</param>
    public static byte[] Of(int width, int height, params (byte Marker, byte[] Content)[] segments) => Of(width, height, [], segments);

    /// <param name="behind">Bytes that the first segment, JFIF's, holds beyond its own.</param>
    public static byte[] Of(int width, int height, byte[] behind, params (byte Marker, byte[] Content)[] segments)
    {
        using var jpeg = new MemoryStream();
        jpeg.Write([0xFF, 0xD8]);
        Write(jpeg, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, .. behind]);
        foreach (var (marker, content) in segments)
        {
            Write(jpeg, marker, content);
        }

        Write(jpeg, 0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        WriteScan(jpeg);
        jpeg.Write([0xFF, 0xD9]);
        return jpeg.ToArray();
    }

    public static byte[] WithScans(int count)
    {
        using var jpeg = new MemoryStream();
        jpeg.Write(Of(8, 8).AsSpan()[..^2]);
        for (var i = 1; i < count; i++)
        {
            WriteScan(jpeg);
        }

        jpeg.Write([0xFF, 0xD9]);
        return jpeg.ToArray();
    }

    public static byte[] Exif(string text) => [.. "Exif\0\0"u8, .. Encoding.UTF8.GetBytes(text)];

    private static void WriteScan(MemoryStream jpeg)
    {
        Write(jpeg, 0xDA, [1, 1, 0, 0, 63, 0]);
        jpeg.Write([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]);
    }

    private static void Write(MemoryStream jpeg, byte marker, byte[] content)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(content.Length + 2));
        jpeg.Write(head);
        jpeg.Write(content);
    }
}
